import assert from "node:assert/strict";
import { goldenRows } from "./_golden_rows.ts";
import { learntFrom } from "./learnt_from.ts";
import { fitLightgbm } from "./lightgbm/fit_lightgbm.ts";

const rows = goldenRows(0, 40);
const stop = goldenRows(100, 20);
const set = (symbol: string) => ({ groups: [{ symbols: [symbol], days: ["2020-01-02/2020-03-04"] }] });

Deno.test("learntFrom() counts and names the rows to stop by only where they had a say", () => {
  const training = { ...rows, seen: set("A"), stop: { ...stop, seen: set("B") } };
  const without = learntFrom(training, { usesStop: false });
  const { fittedRows, stopRows, seen, data } = learntFrom(training, { usesStop: true });
  assert.deepEqual([without.fittedRows, without.stopRows, without.seen], [40, 0, set("A")]);
  assert.deepEqual([fittedRows, stopRows], [40, 20]);
  assert.deepEqual(seen, { groups: [{ symbols: ["A", "B"], days: ["2020-01-02/2020-03-04"] }] });
  assert.notEqual(data, without.data);
});

Deno.test("learntFrom() does not claim to know the rows of which a part is unknown", () => {
  assert.ok(!("seen" in learntFrom({ ...rows, seen: set("A"), stop }, { usesStop: true })));
  assert.ok(!("seen" in learntFrom(rows, { usesStop: false })));
});

Deno.test("learntFrom() has another hash for another feature, name, target, weight or day, and no other", () => {
  const digest = (change: object) => learntFrom({ ...rows, ...change }, { usesStop: false }).data;
  const changed = <Values extends Float64Array | Float32Array | Int32Array>(values: Values) => {
    const copy = values.slice() as Values;
    copy[7] += 1;
    return copy;
  };
  const { features } = rows;
  const digests = [
    {},
    { features: { ...features, values: changed(features.values) } },
    { features: { ...features, columns: [...features.columns].reverse() } },
    { target: changed(rows.target) },
    { weight: changed(rows.weight) },
    { weight: undefined },
    { day: changed(rows.day) },
  ].map(digest);
  assert.equal(new Set(digests).size, digests.length);
  assert.equal(digest({ day: rows.day.slice() }), digests[0]);
});

Deno.test("fitLightgbm() has seen the rows to stop by only if it stops early", async () => {
  const training = { ...rows, seen: set("A"), stop: { ...stop, seen: set("B") } };
  for (const earlyStoppingRounds of [undefined, 2]) {
    using model = await fitLightgbm(training, { rounds: 3, seed: 1, earlyStoppingRounds });
    const symbols = model.description.seen!.groups[0].symbols;
    assert.deepEqual(symbols, earlyStoppingRounds === undefined ? ["A"] : ["A", "B"]);
  }
});
