/** Time as it is handed to whatever waits: tests hand in one that jumps. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Returns when so many milliseconds have passed. */
  wait(milliseconds: number): Promise<void>;
}

/**
 * The computer's clock.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const before = systemClock.now();
 * await systemClock.wait(5);
 * assert.ok(systemClock.now() > before);
 * ```
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
