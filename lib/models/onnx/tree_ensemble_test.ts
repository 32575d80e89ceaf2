import assert from "node:assert/strict";
import type { OnnxTensor } from "./onnx_graph.ts";
import { TreeEnsemble, type TreeEnsembleOptions } from "./tree_ensemble.ts";

const split = (threshold: number, change: Partial<TreeEnsembleOptions> = {}) =>
  new TreeEnsemble({
    columns: 1,
    trees: [{ feature: [0], threshold: [threshold], missingLeft: [false], left: [-1], right: [-2], leaf: [-1, 1] }],
    left: "at most",
    base: 0,
    factor: 1,
    link: "none",
    ownPrecision: "double",
    ...change,
  });
const column = (...values: number[]) => ({ values: Float32Array.from(values), rows: values.length, columns: ["rank"] });

/** The numbers of single precision around a value, and the value itself where it is one. */
function around(value: number): number[] {
  const bits = Float32Array.of(value);
  return [-2, -1, 0, 1, 2].map((step) => {
    const next = bits.slice();
    new Int32Array(next.buffer)[0] += step;
    return next[0];
  });
}

Deno.test("TreeEnsemble sends features of single precision where the threshold in double precision does", () => {
  assert.ok(Math.fround(0.1) > 0.1 && Math.fround(-0.7) > -0.7 && Math.fround(0.7) < 0.7); // rounded either way
  for (const threshold of [0.1, -0.7, 0.7, -0.1, 1, 1e-42, -1e-42, 1e-50, -1e-50, 3e38]) {
    for (const left of ["at most", "below"] as const) {
      const ensemble = split(threshold, { left });
      const features = column(...around(threshold), NaN);
      const exact = ensemble.evaluate(features, "double");
      assert.deepEqual(ensemble.evaluate(features, "single"), exact, `${left} ${threshold}`);
      const goesLeft = around(threshold).map((value) => left === "below" ? value < threshold : value <= threshold);
      assert.deepEqual(Array.from(exact.leaves!), [...goesLeft.map((is) => is ? 0 : 1), 1]);
      const splits = ensemble.graph("single").nodes[0].attributes!.nodes_splits as OnnxTensor;
      const [stored] = Float32Array.from(splits.values); // what the file holds lets the same features pass
      assert.deepEqual(around(threshold).map((value) => left === "below" ? value < stored : value <= stored), goesLeft);
    }
  }
});

Deno.test("TreeEnsemble adds base, factor and link behind the trees, by hand", () => {
  const forecast = (change: Partial<TreeEnsembleOptions>) => split(0, change).evaluate(column(1), "double").forecast[0];
  assert.equal(forecast({}), 1);
  assert.equal(forecast({ base: 0.5, factor: 2 }), 3);
  assert.equal(forecast({ base: -1, link: "sigmoid" }), 0.5);
  assert.equal(forecast({ base: -1, link: "exponential" }), 1);
  const operators = (change: Partial<TreeEnsembleOptions>) =>
    split(0, change).graph("double").nodes.map(({ operator, output }) => `${operator} ${output}`);
  assert.deepEqual(operators({}), ["TreeEnsemble forecast"]);
  assert.deepEqual(operators({ base: 0.5, factor: 2, link: "sigmoid" }), [
    "TreeEnsemble step_0",
    "Add step_1",
    "Mul step_2",
    "Sigmoid forecast",
  ]);
});

Deno.test("TreeEnsemble keeps a tree without a split, which ONNX does not know, as two ways to one leaf", () => {
  const ensemble = split(0, {
    trees: [{ feature: [], threshold: [], missingLeft: [], left: [], right: [], leaf: [0.25] }],
  });
  assert.deepEqual(ensemble.evaluate(column(-1, 1, NaN), "double").forecast, new Float64Array(3).fill(0.25));
  const { nodes_trueleafs, nodes_falseleafs, nodes_truenodeids, nodes_falsenodeids } = ensemble.graph("double").nodes[0]
    .attributes!;
  assert.deepEqual([nodes_trueleafs, nodes_falseleafs, nodes_truenodeids, nodes_falsenodeids], [[1], [1], [0], [0]]);
});
