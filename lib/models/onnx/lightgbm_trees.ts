import { type Tree, TreeEnsemble, type TreeLink } from "./tree_ensemble.ts";

const links: Record<string, TreeLink> = {
  regression: "none",
  regression_l1: "none",
  huber: "none",
  fair: "none",
  quantile: "none",
  mape: "none",
  gamma: "exponential",
  poisson: "exponential",
  tweedie: "exponential",
  binary: "sigmoid",
  lambdarank: "none",
  custom: "none", // the text of a model with a loss of one's own names no objective
};
const categorical = 1; // bits of a node's decision type
const missingLeft = 2;
const missingKinds = ["none", "zero", "NaN"];

/**
 * The trees of a LightGBM model, from its text.
 *
 * A feature that is missing in a node that has seen none missing counts as 0, as LightGBM has it.
 *
 * @throws {RangeError} If the model has what ONNX's trees cannot say: an objective of another
 * kind, several outputs, an average of trees, linear leaves, categories, zeros that are missing.
 */
export function lightgbmTrees(text: string): TreeEnsemble {
  const [head, ...blocks] = text.slice(0, text.indexOf("end of trees")).split(/^Tree=\d+$/m);
  const [objective, ...settings] = (fieldOf(head, "objective") || "custom").split(" ");
  refuseUnless("objective", objective, Object.keys(links));
  refuseUnless("number of outputs", fieldOf(head, "num_tree_per_iteration"), ["1"]);
  refuseUnless("averaged", String(/^average_output$/m.test(head)), ["false"]);
  const known = objective === "binary" ? /^sigmoid:/ : /^(alpha|c|fair_c|tweedie_variance_power|max_delta_step):/;
  const unknown = settings.find((setting) => !known.test(setting));
  refuseUnless("setting of the objective", unknown ?? "none", ["none"]);
  return new TreeEnsemble({
    columns: Number(fieldOf(head, "max_feature_idx")) + 1,
    trees: blocks.map(readTree),
    left: "at most",
    base: 0,
    factor: objective === "binary" ? Number(settings[0].slice("sigmoid:".length)) : 1,
    link: links[objective],
    ownPrecision: "double",
  });
}

function readTree(block: string): Tree {
  refuseUnless("linear leaves", fieldOf(block, "is_linear"), ["0"]);
  const numbers = (name: string) => fieldOf(block, name).split(" ").filter((word) => word !== "").map(Number);
  const threshold = numbers("threshold");
  const kinds = numbers("decision_type");
  for (const kind of kinds) {
    refuseUnless("split", kind & categorical ? "by categories" : "by a threshold", ["by a threshold"]);
    refuseUnless("kind of missing value", missingKinds[kind >> 2 & 3], ["none", "NaN"]);
  }
  return {
    feature: numbers("split_feature"),
    threshold,
    missingLeft: kinds.map((kind, node) => kind >> 2 & 3 ? (kind & missingLeft) !== 0 : threshold[node] >= 0),
    left: numbers("left_child"),
    right: numbers("right_child"),
    leaf: numbers("leaf_value"),
  };
}

function fieldOf(block: string, name: string): string {
  return new RegExp(`^${name}=(.*)$`, "m").exec(block)?.[1] ?? "";
}

function refuseUnless(name: string, value: string, wanted: readonly string[]): void {
  if (wanted.includes(value)) return;
  throw new RangeError(`Cannot export to ONNX: ${name} must be ${wanted.join(", ")}, current value is ${value}`);
}
