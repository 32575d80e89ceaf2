import assert from "node:assert/strict";
import { TokenBucket } from "./token_bucket.ts";

/** A clock that stands, and notes who would wait for how long. */
function standingClock() {
  const waited: number[] = [];
  return { waited, now: () => 0, wait: (milliseconds: number) => Promise.resolve(void waited.push(milliseconds)) };
}

Deno.test("TokenBucket lets those that ask at once through in turn", async () => {
  const clock = standingClock();
  const bucket = new TokenBucket({ perSecond: 2, burst: 1 }, clock);
  await Promise.all([1, 2, 3, 4].map(() => bucket.take()));
  assert.deepEqual(clock.waited, [500, 1000, 1500]);
});

Deno.test("TokenBucket lets nobody through while it pauses", async () => {
  const clock = standingClock();
  const bucket = new TokenBucket({ perSecond: 2, burst: 5 }, clock);
  bucket.pause(3000);
  await Promise.all([1, 2].map(() => bucket.take()));
  assert.deepEqual(clock.waited, [3000, 3500]);
});

Deno.test("TokenBucket refuses a rate that lets nothing through", () => {
  for (const rate of [{ perSecond: 0, burst: 1 }, { perSecond: 1, burst: 0 }, { perSecond: NaN, burst: 1 }]) {
    assert.throws(() => new TokenBucket(rate, standingClock()), RangeError);
  }
});
