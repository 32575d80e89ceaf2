import type { Matrix } from "@lib/dataset";
import { type OnnxEvaluation, type OnnxExportable, rounding } from "./onnx_exportable.ts";
import type { OnnxGraph, OnnxNode, OnnxPrecision } from "./onnx_graph.ts";

/** A tree by its nodes, the root first. A child from 0 on is a node, -1 the first leaf, -2 the second and so on. */
export interface Tree {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  /** Whether a missing feature goes left. */
  readonly missingLeft: readonly boolean[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly leaf: readonly number[];
}

/** How the sum of trees becomes the forecast. */
export type TreeLink = "none" | "sigmoid" | "exponential";

/** Trees whose leaves are added up, whatever grew them. */
export interface TreeEnsembleOptions {
  readonly columns: number;
  readonly trees: readonly Tree[];
  /** Left is at most the threshold, or below it. */
  readonly left: "at most" | "below";
  /** Added to the sum of leaves. */
  readonly base: number;
  /** Factor of the sum before the link. */
  readonly factor: number;
  readonly link: TreeLink;
  /** What the engine itself computes in: more cannot be had. */
  readonly ownPrecision: OnnxPrecision;
}

const modes = { "at most": 0, below: 1 }; // ONNX's BRANCH_LEQ and BRANCH_LT
const sumOfTrees = 1;

/** Trees as one `TreeEnsemble` of ai.onnx.ml 5, and the link behind it. */
export class TreeEnsemble implements OnnxExportable {
  constructor(readonly options: TreeEnsembleOptions) {}

  get ownPrecision(): OnnxPrecision {
    return this.options.ownPrecision;
  }

  graph(precision: OnnxPrecision): OnnxGraph {
    const { columns, base, factor, link } = this.options;
    if (precision === "double" && this.ownPrecision === "single") {
      throw new RangeError("Cannot export to ONNX: precision of this engine must be single, current value is double");
    }
    const constants: Record<string, OnnxGraph["constants"][string]> = {};
    const nodes: OnnxNode[] = [];
    let last = "features";
    const then = (operator: string, constant?: number, rest: Partial<OnnxNode> = {}) => {
      const inputs = [last];
      if (constant !== undefined) {
        const name = `constant_${nodes.length}`;
        constants[name] = { shape: [1], values: [constant], type: precision };
        inputs.push(name);
      }
      last = `step_${nodes.length}`;
      nodes.push({ operator, inputs, output: last, ...rest });
    };
    then("TreeEnsemble", undefined, { domain: "ai.onnx.ml", attributes: this.#attributes(precision) });
    if (base !== 0) then("Add", base);
    if (factor !== 1) then("Mul", factor);
    if (link !== "none") then(link === "sigmoid" ? "Sigmoid" : "Exp");
    nodes.push({ ...nodes.pop()!, output: "forecast" });
    return { precision, columns, nodes, constants };
  }

  evaluate({ values, rows, columns }: Matrix, precision: OnnxPrecision): OnnxEvaluation {
    const { trees, base, factor, link } = this.options;
    const round = rounding(precision);
    const thresholds = trees.map(({ threshold }) => threshold.map((value) => this.#threshold(value, precision)));
    const forecast = new Float64Array(rows);
    const leaves = new Int32Array(rows * trees.length);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      trees.forEach((tree, number) => {
        const leaf = this.#leafOf(tree, thresholds[number], (feature) => round(values[row * columns.length + feature]));
        leaves[row * trees.length + number] = leaf;
        sum = round(sum + round(tree.leaf[leaf]));
      });
      const score = round(round(sum + round(base)) * round(factor));
      forecast[row] = round(linked(score, link));
    }
    return { forecast, leaves };
  }

  #leafOf({ feature, missingLeft, left, right }: Tree, thresholds: number[], value: (feature: number) => number) {
    let node = left.length === 0 ? -1 : 0;
    while (node >= 0) {
      const current = value(feature[node]);
      const goesLeft = Number.isNaN(current)
        ? missingLeft[node]
        : this.options.left === "below"
        ? current < thresholds[node]
        : current <= thresholds[node];
      node = (goesLeft ? left : right)[node];
    }
    return -node - 1;
  }

  /** Rounded so that a feature of that precision goes where it went: down for "at most", up for "below". */
  #threshold(value: number, precision: OnnxPrecision): number {
    const rounded = rounding(precision)(value);
    if (this.options.left === "at most") return rounded > value ? neighbour(rounded, -1) : rounded;
    return rounded < value ? neighbour(rounded, 1) : rounded;
  }

  #attributes(precision: OnnxPrecision): OnnxNode["attributes"] {
    const { trees, left } = this.options;
    const roots: number[] = [];
    const [features, thresholds, missingTrue, leaves]: number[][] = [[], [], [], []];
    const branch = {
      true: { ids: [] as number[], leaf: [] as number[] },
      false: { ids: [] as number[], leaf: [] as number[] },
    };
    for (const tree of trees) {
      const [firstNode, firstLeaf] = [features.length, leaves.length];
      const add = (side: "true" | "false", child: number) => {
        branch[side].ids.push(child < 0 ? firstLeaf - child - 1 : firstNode + child);
        branch[side].leaf.push(child < 0 ? 1 : 0);
      };
      roots.push(firstNode);
      leaves.push(...tree.leaf);
      // ONNX has no tree without a split: both ways of one lead to the only leaf.
      const { feature, threshold, missingLeft, left, right } = tree.feature.length > 0 ? tree : stump;
      feature.forEach((column, node) => {
        features.push(column);
        thresholds.push(this.#threshold(threshold[node], precision));
        missingTrue.push(Number(missingLeft[node]));
        add("true", left[node]);
        add("false", right[node]);
      });
    }
    const tensor = (values: number[]) => ({ shape: [values.length], values, type: precision });
    return {
      aggregate_function: sumOfTrees,
      leaf_targetids: leaves.map(() => 0),
      leaf_weights: tensor(leaves),
      n_targets: 1,
      nodes_falseleafs: branch.false.leaf,
      nodes_falsenodeids: branch.false.ids,
      nodes_featureids: features,
      nodes_missing_value_tracks_true: missingTrue,
      nodes_modes: { shape: [features.length], values: features.map(() => modes[left]), type: "bytes" },
      nodes_splits: tensor(thresholds),
      nodes_trueleafs: branch.true.leaf,
      nodes_truenodeids: branch.true.ids,
      post_transform: 0,
      tree_roots: roots,
    };
  }
}

const stump: Tree = { feature: [0], threshold: [0], missingLeft: [false], left: [-1], right: [-1], leaf: [] };

function linked(score: number, link: TreeLink): number {
  if (link === "sigmoid") return 1 / (1 + Math.exp(-score));
  return link === "exponential" ? Math.exp(score) : score;
}

/** The next number of single precision, upwards or downwards. */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 2 ** -149;
  const single = Float32Array.of(value);
  new Int32Array(single.buffer)[0] += value > 0 ? direction : -direction;
  return single[0];
}
