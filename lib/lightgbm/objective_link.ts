/**
 * From raw scores to forecasts, in place: what the objective in a model's text asks for.
 *
 * LightGBM does this itself with the exponential function of the C library it was compiled with, and C libraries differ in
 * the last bit; computed here, forecasts of all engines are the same bytes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(objectiveLink("objective=binary sigmoid:1\n")(Float64Array.of(0), 1), Float64Array.of(0.5));
 * assert.deepEqual(objectiveLink("objective=multiclass num_class:2\n")(Float64Array.of(3, 3), 2), Float64Array.of(0.5, 0.5));
 * ```
 *
 * @param modelText Text of the model, or its head.
 * @returns Takes scores of shape (rows, outputs) and the number of outputs.
 * @throws {RangeError} If the objective's link is not known.
 */
export function objectiveLink(modelText: string): ObjectiveLink {
  const [name, ...settings] = /^objective=(.*)$/m.exec(modelText)?.[1].split(" ") ?? ["custom"];
  const steepness = Number(settings.find((word) => word.startsWith("sigmoid:"))?.slice("sigmoid:".length) ?? 1);
  const sigmoid = each((score) => 1 / (1 + Math.exp(-steepness * score)));
  switch (name) {
    case "binary":
    case "multiclassova":
    case "cross_entropy":
      return sigmoid;
    case "multiclass":
      return softmax;
    case "poisson":
    case "gamma":
    case "tweedie":
      return each(Math.exp);
    case "regression":
      return settings.includes("sqrt") ? each((score) => Math.sign(score) * score * score) : unchanged;
    default:
      if (identities.has(name)) return unchanged;
      throw new RangeError(
        `Cannot make forecasts of scores: objective must be one whose link is known, current value is ${name}`,
      );
  }
}

/** Turns scores, shape (rows, outputs), into forecasts, in place. */
export type ObjectiveLink = (scores: Float64Array<ArrayBuffer>, outputs: number) => Float64Array<ArrayBuffer>;

const identities = new Set([
  "custom",
  "regression_l1",
  "huber",
  "fair",
  "quantile",
  "mape",
  "lambdarank",
  "rank_xendcg",
]);

const unchanged: ObjectiveLink = (scores) => scores;

function each(link: (score: number) => number): ObjectiveLink {
  return (scores) => {
    for (let at = 0; at < scores.length; at++) scores[at] = link(scores[at]);
    return scores;
  };
}

/** Exponentials as shares of their sum, the largest score taken off before so that none overflows. */
function softmax(scores: Float64Array<ArrayBuffer>, outputs: number): Float64Array<ArrayBuffer> {
  for (let from = 0; from < scores.length; from += outputs) {
    const row = scores.subarray(from, from + outputs);
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
    let sum = 0;
    for (let output = 0; output < outputs; output++) sum += row[output] = Math.exp(row[output] - most);
    for (let output = 0; output < outputs; output++) row[output] /= sum;
  }
  return scores;
}
