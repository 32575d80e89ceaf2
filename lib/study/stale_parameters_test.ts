import assert from "node:assert/strict";
import { staleParameters } from "./stale_parameters.ts";

const step = Object.freeze({
  notebook: "00_tour",
  after: [],
  headline: "rank_ic",
  parameters: Object.freeze({ market: "bars", horizonDays: 5 }),
});

Deno.test("staleParameters() finds nothing where a run has what the spec names, and more", () => {
  assert.deepEqual(staleParameters(step, { horizonDays: 5, market: "bars", seed: 1 }), []);
});

Deno.test("staleParameters() names what differs, and what the run did not have", () => {
  assert.deepEqual(staleParameters(step, { market: "/own/bars" }), [
    "market must be bars, current value is /own/bars",
    "horizonDays must be 5, current value is undefined",
  ]);
});
