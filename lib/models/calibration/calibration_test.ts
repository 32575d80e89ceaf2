import assert from "node:assert/strict";
import fc from "fast-check";
import { calibrate, type Calibration } from "./calibration.ts";
import { chooseThreshold, type ThresholdAim } from "./choose_threshold.ts";
import { fitIsotonic } from "./fit_isotonic.ts";
import { fitPlatt } from "./fit_platt.ts";
import type { LabelledScores } from "./labelled_scores.ts";
import golden from "./testdata/calibration.json" with { type: "json" };

const plain = {
  scores: Float64Array.from(golden.score),
  outcomes: Float64Array.from(golden.outcome),
};
const variants = { plain, weighted: { ...plain, weights: Float64Array.from(golden.weight) } };
const asked = Float64Array.from(golden.asked);
const names = ["plain", "weighted"] as const;

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    assert.ok(Math.abs(actual[i] - expected[i]) <= tolerance, `${i}: ${actual[i]} and ${expected[i]}`);
  }
}

/** Scores on a coarse grid, with both outcomes among them. */
const anyRows: fc.Arbitrary<LabelledScores> = fc.array(
  fc.record({ score: fc.integer({ min: -8, max: 8 }), outcome: fc.boolean(), weight: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 30 },
).map((rows) => [
  ...rows,
  { score: 0, outcome: true, weight: 1 },
  { score: 1, outcome: false, weight: 1 },
]).map((rows) => ({
  scores: Float64Array.from(rows, ({ score }) => score / 4),
  outcomes: Float64Array.from(rows, ({ outcome }) => Number(outcome)),
  weights: Float64Array.from(rows, ({ weight }) => weight),
}));

Deno.test("fitIsotonic() is scikit-learn's isotonic regression, ties, weights and ends included", () => {
  for (const name of names) {
    assertClose(calibrate(fitIsotonic(variants[name]), asked), golden.isotonic[name].asked, 1e-12);
  }
});

Deno.test("fitIsotonic() never falls, and keeps the share of events", () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const calibration = fitIsotonic(rows);
      const { probabilities, scores } = calibration;
      assert.ok(
        probabilities.every((value, i) => value >= 0 && value <= 1 && (i === 0 || value >= probabilities[i - 1])),
      );
      assert.ok(scores.every((value, i) => i === 0 || value > scores[i - 1]));
      const forecast = calibrate(calibration, rows.scores);
      const weighted = (values: Float64Array) =>
        values.reduce((sum, value, row) => sum + rows.weights![row] * value, 0);
      assert.ok(Math.abs(weighted(forecast) - weighted(rows.outcomes)) < 1e-9);
    }),
    { numRuns: 200, seed: 3 },
  );
});

Deno.test("fitPlatt() is the sigmoid of least log loss, and scikit-learn's as far as that goes", () => {
  for (const name of names) {
    const { slope, intercept } = fitPlatt(variants[name]);
    const expected = golden.platt[name];
    assertClose([slope, intercept], [expected.slope, expected.intercept], 1e-12);
    assertClose([slope, intercept], [expected.scikitLearn.slope, expected.scikitLearn.intercept], 1e-6);
  }
});

Deno.test("fitPlatt() does not depend on the unit of the score", () => {
  const { slope, intercept } = fitPlatt(plain);
  const scaled = fitPlatt({ ...plain, scores: plain.scores.map((score) => 1e6 * score + 5e6) });
  assertClose([scaled.slope * 1e6, scaled.intercept + 5e6 * scaled.slope], [slope, intercept], 1e-8);
});

Deno.test("fitPlatt() stays finite where scores part the outcomes, and silent where they never vary", () => {
  const parted = fitPlatt({ scores: Float64Array.of(1, 2, 3, 4), outcomes: Float64Array.of(0, 0, 1, 1) });
  assert.ok(parted.slope > 0 && Number.isFinite(parted.slope));
  const flat = fitPlatt({ scores: new Float64Array(4).fill(7), outcomes: Float64Array.of(0, 0, 0, 1) });
  assert.equal(flat.slope, 0);
  assertClose(calibrate(flat, Float64Array.of(-100)), [(3 * 1 / 5 + 2 / 3) / 4], 1e-12); // mean of the drawn-in outcomes
});

Deno.test("fitPlatt() on log-odds knows a logistic truth again", () => {
  const probabilities = Float64Array.from({ length: 4000 }, (_, row) => (row % 40 + 0.5) / 40);
  const outcomes = probabilities.map((probability, row) => Math.floor(row / 40) / 100 < probability ? 1 : 0);
  const { slope, intercept } = fitPlatt({ scores: probabilities, outcomes }, { scale: "log-odds" });
  assertClose([slope, intercept], [1, 0], 0.05);
});

Deno.test("calibrate() keeps what is missing, and says the same after a way through JSON", () => {
  const calibrations: Calibration[] = [
    fitIsotonic(plain),
    fitPlatt(plain),
    fitPlatt({ ...plain, scores: plain.scores.map((score) => 1 / (1 + Math.exp(-score))) }, { scale: "log-odds" }),
    { method: "conformal", level: 0.9, shift: 0.1 },
  ];
  for (const calibration of calibrations) {
    const values = calibrate(calibration, Float64Array.of(NaN, 0, 0.3, 1));
    assert.deepEqual(Array.from(values, Number.isNaN), [true, false, false, false]);
    assert.deepEqual(calibrate(JSON.parse(JSON.stringify(calibration)), Float64Array.of(NaN, 0, 0.3, 1)), values);
  }
});

Deno.test("chooseThreshold() finds what scikit-learn's scores find best", () => {
  for (const aim of ["f1", "balanced accuracy"] as const) {
    for (const name of names) {
      const { threshold, value } = chooseThreshold(variants[name], aim);
      const expected = golden.threshold[aim][name];
      assert.equal(threshold, expected.threshold);
      assert.ok(Math.abs(value - expected.value) < 1e-12);
    }
  }
});

Deno.test("chooseThreshold() does not act where acting never pays", () => {
  const { threshold, value, actedShare } = chooseThreshold(plain, { hit: -1, falseAlarm: -1 });
  assert.deepEqual([threshold, Math.abs(value), actedShare], [Infinity, 0, 0]);
});

Deno.test("chooseThreshold() is better than any other score, and says how often it acts", () => {
  const aims: ThresholdAim[] = ["f1", "balanced accuracy", { hit: 2, falseAlarm: -1 }];
  fc.assert(
    fc.property(anyRows, fc.constantFrom(...aims), (rows, aim) => {
      const { threshold, value, actedShare } = chooseThreshold(rows, aim);
      const [weights, total] = [rows.weights!, rows.weights!.reduce((sum, weight) => sum + weight, 0)];
      const sum = (wanted: (row: number) => boolean) =>
        weights.reduce((s, weight, row) => wanted(row) ? s + weight : s, 0);
      const at = (cut: number) => {
        const hits = sum((row) => rows.scores[row] >= cut && rows.outcomes[row] === 1);
        const alarms = sum((row) => rows.scores[row] >= cut && rows.outcomes[row] === 0);
        const events = sum((row) => rows.outcomes[row] === 1);
        if (aim === "f1") return 2 * hits / (hits + alarms + events);
        if (aim === "balanced accuracy") return (hits / events + 1 - alarms / (total - events)) / 2;
        return (aim.hit * hits + aim.falseAlarm * alarms) / total;
      };
      assert.ok(Math.abs(at(threshold) - value) < 1e-9);
      assert.ok([...rows.scores, Infinity].every((cut) => at(cut) <= value + 1e-9));
      assert.ok(Math.abs(sum((row) => rows.scores[row] >= threshold) / total - actedShare) < 1e-9);
    }),
    { numRuns: 100, seed: 4 },
  );
});

Deno.test("fitIsotonic(), fitPlatt() and chooseThreshold() refuse what teaches nothing", () => {
  const makers = [fitIsotonic, fitPlatt, (rows: LabelledScores) => chooseThreshold(rows, "f1")];
  const refused = (change: Partial<LabelledScores>, error: object) =>
    makers.forEach((make) => assert.throws(() => make({ ...plain, ...change }), error));
  const ones = new Float64Array(160).fill(1);
  refused({ outcomes: ones }, {
    name: "RangeError",
    message: /outcome 0 and with outcome 1, current numbers are 0 and 160/,
  });
  refused({ outcomes: plain.outcomes.map((value) => value / 2) }, {
    message: /every outcome must be 0 or 1, current value/,
  });
  refused({ scores: plain.scores.map((value, row) => row === 3 ? NaN : value) }, { message: /of row 3 is NaN/ });
  refused({ weights: ones.map((_, row) => row) }, { message: /every weight must be positive and finite/ });
  refused({ scores: new Float64Array(3) }, { name: "TypeError", message: /scores 3, outcomes 160/ });
  assert.throws(() => chooseThreshold(plain, { hit: NaN, falseAlarm: 0 }), {
    name: "RangeError",
    message: /hit must be/,
  });
});
