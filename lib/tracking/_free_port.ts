/** Below the ports that the system itself gives out, where two programs that start together collide. */
const firstPort = 20_000;
const portsInAll = 12_768;

/** A port of the loopback that nobody listens on now. */
export function freePort(): number {
  for (let tries = 0; tries < 200; tries++) {
    const port = firstPort + Math.floor(Math.random() * portsInAll);
    if (portIsFree(port)) return port;
  }
  throw new Error(
    `Cannot find a port: one from ${firstPort} to ${firstPort + portsInAll - 1} must be free, 200 were taken`,
  );
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
