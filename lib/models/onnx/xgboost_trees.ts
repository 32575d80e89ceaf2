import { checkOneOf } from "@lib/core";
import { type Tree, TreeEnsemble, type TreeLink } from "./tree_ensemble.ts";

const links: Record<string, { link: TreeLink; score: (base: number) => number }> = {
  "reg:squarederror": { link: "none", score: (base) => base },
  "reg:absoluteerror": { link: "none", score: (base) => base },
  "reg:pseudohubererror": { link: "none", score: (base) => base },
  "reg:quantileerror": { link: "none", score: (base) => base },
  "reg:gamma": { link: "exponential", score: Math.log },
  "binary:logistic": { link: "sigmoid", score: (base) => -Math.log(1 / base - 1) },
};

/** A tree in XGBoost's JSON: nodes and leaves in one row, a leaf's value where a node has its threshold. */
interface XgboostTree {
  left_children: number[];
  right_children: number[];
  split_indices: number[];
  split_conditions: number[];
  default_left: number[];
}

/**
 * The trees of an XGBoost model, from its JSON.
 *
 * @throws {RangeError} If the objective is unknown.
 */
export function xgboostTrees(text: string): TreeEnsemble {
  const { learner } = JSON.parse(text);
  checkOneOf("export to ONNX", "objective", learner.objective.name, Object.keys(links));
  const { link, score } = links[learner.objective.name];
  const [base] = [JSON.parse(learner.learner_model_param.base_score)].flat(); // "[5E-1]", before 3.1 "5E-1"
  const trees: XgboostTree[] = learner.gradient_booster.model.trees;
  return new TreeEnsemble({
    columns: Number(learner.learner_model_param.num_feature),
    trees: trees.map(readTree),
    left: "below",
    base: score(base),
    factor: 1,
    link,
    ownPrecision: "single",
  });
}

function readTree(tree: XgboostTree): Tree {
  const isLeaf = tree.left_children.map((child) => child < 0);
  const nodes = isLeaf.flatMap((leaf, at) => leaf ? [] : [at]);
  const leaves = isLeaf.flatMap((leaf, at) => leaf ? [at] : []);
  const renumbered = new Map([
    ...nodes.map((at, number) => [at, number] as const),
    ...leaves.map((at, number) => [at, -number - 1] as const),
  ]);
  return {
    feature: nodes.map((at) => tree.split_indices[at]),
    threshold: nodes.map((at) => Math.fround(tree.split_conditions[at])),
    missingLeft: nodes.map((at) => tree.default_left[at] === 1),
    left: nodes.map((at) => renumbered.get(tree.left_children[at])!),
    right: nodes.map((at) => renumbered.get(tree.right_children[at])!),
    leaf: leaves.map((at) => Math.fround(tree.split_conditions[at])),
  };
}
