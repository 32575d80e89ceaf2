import { checkNumber } from "@lib/core";
import type { Clock } from "./clock.ts";

/** How often a service may be asked. */
export interface Rate {
  /** Requests a second in the long run, above 0. */
  readonly perSecond: number;
  /** Requests that may come at once after a rest, at least 1. */
  readonly burst: number;
}

/**
 * Lets requests through as often as a service allows: a bucket holds up to `burst` tokens, gains `perSecond` of them a
 * second, and each request takes one or waits for it. Those that wait come in turn.
 *
 * @example The third of three waits half a second
 * ```ts
 * import assert from "node:assert/strict";
 * let now = 0;
 * const clock = { now: () => now, wait: (milliseconds: number) => Promise.resolve(void (now += milliseconds)) };
 * const bucket = new TokenBucket({ perSecond: 2, burst: 2 }, clock);
 * for (let request = 0; request < 3; request++) await bucket.take();
 * assert.equal(now, 500);
 * ```
 */
export class TokenBucket {
  readonly #rate: Rate;
  readonly #clock: Clock;
  #tokens: number;
  #filledAt: number;

  /** @throws {RangeError} If the rate is out of range. */
  constructor(rate: Rate, clock: Clock) {
    checkNumber("limit requests", "burst", rate.burst, { least: 1 });
    if (!(rate.perSecond > 0 && Number.isFinite(rate.perSecond))) {
      throw new RangeError(`Cannot limit requests: perSecond must be above 0, current value is ${rate.perSecond}`);
    }
    this.#rate = rate;
    this.#clock = clock;
    this.#tokens = rate.burst;
    this.#filledAt = clock.now();
  }

  /** Returns when the next request may go. */
  async take(): Promise<void> {
    this.#fill();
    this.#tokens -= 1; // below 0 for those that wait: the next in turn waits longer
    if (this.#tokens < 0) await this.#clock.wait(-this.#tokens / this.#rate.perSecond * 1000);
  }

  /** Lets nothing through for so many milliseconds: what a service asks for when it is asked too often. */
  pause(milliseconds: number): void {
    this.#fill();
    this.#tokens = Math.min(this.#tokens, 1 - milliseconds / 1000 * this.#rate.perSecond);
  }

  #fill(): void {
    const now = this.#clock.now();
    const gained = Math.max(0, now - this.#filledAt) / 1000 * this.#rate.perSecond;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + gained);
    this.#filledAt = now;
  }
}
