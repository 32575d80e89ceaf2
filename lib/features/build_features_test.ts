import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { buildFeatures } from "./build_features.ts";
import { catalogue, featuresNamed } from "./catalogue.ts";

const symbol = ["A", "A", "A", "B", "B"];
const date = ["2020-01-02", "2020-01-03", "2020-01-06", "2020-01-02", "2020-01-06"];
const panel = Panel.fromRows({ symbol, date, columns: { index: Float64Array.of(1, 2, 4, 10, 15) } });

Deno.test("buildFeatures() keeps symbols apart and counts their own rows", () => {
  const built = buildFeatures(panel, { features: featuresNamed(["momentum_1"]) });
  assert.deepEqual(built.panel.column("momentum_1"), Float64Array.of(NaN, 1, 1, NaN, 0.5));
  assert.deepEqual(built.unavailable, []);
});

Deno.test("buildFeatures() has feature columns only, on the rows of the panel", () => {
  const built = buildFeatures(panel, { features: featuresNamed(["rsi_3", "momentum_1"]) }).panel;
  assert.deepEqual(built.names, ["rsi_3", "momentum_1"]);
  assert.deepEqual([built.symbols, built.dates, built.dayOf], [panel.symbols, panel.dates, panel.dayOf]);
});

Deno.test("buildFeatures() reports what the panel lacks columns for, and makes no column of it", () => {
  const { panel: built, unavailable } = buildFeatures(panel, { features: catalogue });
  assert.equal(built.names.length + unavailable.length, catalogue.length);
  for (const { name, needs } of catalogue) {
    const missingColumns = needs.filter((column) => column !== "index" && column !== "day");
    assert.equal(built.has(name), missingColumns.length === 0);
    assert.deepEqual(
      unavailable.find((feature) => feature.name === name),
      missingColumns.length > 0 ? { name, missingColumns } : undefined,
    );
  }
});

Deno.test("buildFeatures() makes nothing of an empty panel", () => {
  const empty = Panel.fromRows({ symbol: [], date: [], columns: { index: new Float64Array(0) } });
  assert.equal(buildFeatures(empty).panel.rows, 0);
});

Deno.test("buildFeatures() refuses two features of one name", () => {
  assert.throws(() => buildFeatures(panel, { features: featuresNamed(["rsi_3", "rsi_3"]) }), {
    name: "RangeError",
    message: "Cannot build features: each name must occur once, current duplicate is rsi_3",
  });
});

Deno.test("buildFeatures() builds all but the placebos where nothing is asked for", () => {
  const { panel: built, unavailable } = buildFeatures(panel);
  const known = [...built.names, ...unavailable.map(({ name }) => name)];
  const placebos = catalogue.filter(({ family }) => family === "placebo").map(({ name }) => name);
  assert.equal(known.length + placebos.length, catalogue.length);
  assert.ok(placebos.length > 0 && placebos.every((name) => !known.includes(name)));
});
