/** Below the ports that the system itself gives out, where two programs that start together collide. */
const FIRST = 15_000;
const LAST = 31_999;
const MOST_TRIES = 1000;

/**
 * Ports of the loopback that nobody listens on now, all different, drawn at random: programs that look at the same time
 * find others. Whoever listens late may still find one taken, and draws again.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [port] = freePorts(1);
 * assert.ok(portIsFree(port));
 * ```
 *
 * @throws {Error} If hardly any is free.
 */
export function freePorts(count: number): number[] {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count; tries++) {
    if (tries === MOST_TRIES) {
      throw new Error(
        `Cannot find ports: ${count} from ${FIRST} to ${LAST} must be free, ${ports.size} of ${MOST_TRIES} tried were`,
      );
    }
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (portIsFree(port)) ports.add(port);
  }
  return [...ports];
}

/** Whether a server could listen on this port of the loopback now. */
export function portIsFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}
