import assert from "node:assert/strict";
import { auditFigures } from "./audit_figures.ts";
import { auditNumbers } from "./audit_numbers.ts";
import { auditPage, auditVerdict } from "./audit_page.ts";
import type { Claim, Experiment } from "./experiment.ts";
import { findingsOf } from "./findings.ts";

const claim = (key: string, own: Partial<Claim>): Claim => (
  { key, what: `${key} happens`, kind: "share", expected: null, relation: "equal", authority: "an oracle", ...own }
);
const experiment = (name: string, part: Experiment["part"], claims: Claim[]): Experiment => (
  {
    name,
    part,
    words: `tries ${name}`,
    repetitions: 4,
    repetitionsPerPart: 4,
    milliseconds: 1,
    claims,
    run: () => ({}),
  }
);
const passes = claim("passes", { expected: 0.05, relation: "at most" });
const experiments = [
  experiment("calm", "no signal", [passes]),
  experiment("wild", "no signal", [passes]),
  experiment("planted", "known signal", [
    claim("passes", { expected: 0.5 }),
    claim("covered", { expected: 0.95 }),
    claim("height", { kind: "mean", expected: 9 }),
  ]),
  experiment("coin", "statistics", [claim("falseAlarm", { expected: 0.05 }), claim("nothing", {})]),
];
const outcomes = new Map([
  ["calm", Array(100).fill({ passes: 0 })],
  ["wild", Array(100).fill({ passes: 1 })],
  ["planted", [{ passes: 1, covered: 1, height: 1.5 }, { passes: 0, covered: 1, height: 2.5 }]],
  ["coin", [{ falseAlarm: 0, nothing: null }, { falseAlarm: null, nothing: null }]],
]);
const numbers = auditNumbers(experiments, outcomes, { code: "c0de" });

Deno.test("`auditNumbers()` puts markets without signal together, and leaves out what nothing measured", () => {
  assert.deepEqual(numbers.together.map(({ value, n, standing }) => [value, n, standing]), [[0.5, 200, "above"]]);
  assert.deepEqual(numbers.findings.map(({ key, n }) => `${key} ${n}`), [
    "passes 100",
    "passes 100",
    "passes 2",
    "covered 2",
    "height 2",
    "falseAlarm 1",
  ]);
});

Deno.test("`auditVerdict()` names what does not stand as it should", () => {
  const words = auditVerdict(numbers);
  assert.match(words, /^3 of 5 numbers stand/);
  assert.ok(words.includes(
    "- all markets without signal, passes happens: 50.0 % [43.1 %, 56.9 %], expected at most 5.0 % (an oracle): above",
  ));
  assert.ok(words.includes("- planted, height happens: 2.0000 [1.0200, 2.9800], expected 9.0000 (an oracle): below"));
});

Deno.test("`auditPage()` shows every number and the figures that there are", () => {
  const figures = auditFigures(numbers);
  assert.deepEqual(Object.keys(figures), ["no_signal", "power", "coverage", "sizes"]);
  const page = auditPage(numbers, { figures: ["power"] });
  assert.match(page, /!\[power\]\(power.png\)/);
  assert.doesNotMatch(page, /coverage.png/);
  assert.match(page, /\| passes happens \| 0.0 % of 100 \| 100.0 % of 100 \|/);
  assert.match(
    page,
    /\| planted \| passes happens \| 2 \| 50.0 % \[9.5 %, 90.5 %\] \| 50.0 % \| as expected \| an oracle \|/,
  );
  assert.match(page, /- coin: tries coin/);
  assert.match(page, /code `c0de`/);
});

Deno.test("`auditFigures()` of nothing are none", () => {
  assert.deepEqual(auditFigures(auditNumbers([], new Map(), { code: "" })), {});
});

Deno.test("`findingsOf()` says of a promise that is broken within the error that it is", () => {
  const standing = (share: number, relation: Claim["relation"]) => {
    const [found] = findingsOf(
      { name: "promise", part: "statistics", claims: [claim("kept", { expected: 0.5, relation })] },
      Array.from({ length: 100 }, (_, at) => ({ kept: at < 100 * share ? 1 : 0 })),
    );
    return found.standing;
  };
  assert.deepEqual([0.4, 0.55, 0.9].map((share) => standing(share, "at most")), [
    "as expected",
    "above, perhaps by chance",
    "above",
  ]);
  assert.deepEqual([0.1, 0.45, 0.9].map((share) => standing(share, "at least")), [
    "below",
    "below, perhaps by chance",
    "as expected",
  ]);
  assert.equal(standing(0.55, "equal"), "as expected");
});
