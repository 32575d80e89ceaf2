import assert from "node:assert/strict";
import { parseStudy, readStudies } from "./study.ts";

const good = `
title: A title
question: Why?
universe: Two names
steps:
  one: { notebook: 40_models, headline: rank_ic, parameters: { horizonDays: 1, market: panel, ranked: true } }
  two: { notebook: 60_portfolio, headline: sharpe, after: [one] }
tolerances:
  frames/forecasts.parquet: { relative: 1.0e-9, because: libm differs }
`;

Deno.test("parseStudy() reads steps, parameters and tolerances", () => {
  const study = parseStudy("demo", good);
  assert.deepEqual(study.steps.one.parameters, { horizonDays: 1, market: "panel", ranked: true });
  assert.deepEqual(study.steps.two, { notebook: "60_portfolio", headline: "sharpe", after: ["one"], parameters: {} });
  assert.equal(study.tolerances["frames/forecasts.parquet"].relative, 1e-9);
});

Deno.test("parseStudy() refuses what nobody would read, in words", () => {
  const refuses = (from: string, to: string, message: RegExp) =>
    assert.throws(() => parseStudy("demo", good.replace(from, to)), { name: "SyntaxError", message });
  refuses(
    "title:",
    "titel:",
    /^Cannot read study demo: the spec must have keys among title, .*current value is titel$/,
  );
  refuses("headline: rank_ic", "headlines: rank_ic", /step one must have keys among .* current value is headlines$/);
  refuses(
    "horizonDays: 1",
    "horizonDays: [1]",
    /parameter horizonDays of one must be a text, a number or a truth value/,
  );
  refuses("after: [one]", "after: [zero]", /after of two must name steps above it, current value is zero/);
  refuses("question: Why?", "", /question must be a text/);
  refuses("relative: 1.0e-9", "relative: small", /relative of frames\/forecasts.parquet must be a positive number/);
  refuses("title: A title", "title: [", /must be YAML/);
});

Deno.test("readStudies() names the studies that exist", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/demo`);
  await Deno.mkdir(`${folder}/runs`);
  await Deno.writeTextFile(`${folder}/demo/study.yaml`, good);
  assert.deepEqual((await readStudies(folder)).map(({ name }) => name), ["demo"]);
  await assert.rejects(readStudies(folder, ["other"]), {
    name: "RangeError",
    message: "Cannot read a study: its name must be one of demo, current value is other",
  });
  await Deno.remove(folder, { recursive: true });
});
