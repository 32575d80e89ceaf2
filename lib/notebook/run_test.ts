import assert from "node:assert/strict";
import { join } from "node:path";
import { StepCache, StepStore } from "@lib/cache";
import { normalRandom, Panel, repositoryPath, seededRandom, sha256, sha256File, weekdays } from "@lib/core";
import { Ledger } from "@lib/f4";
import { histogramOf } from "@lib/plots";
import pl from "nodejs-polars";
import { JUPYTER_DISPLAY } from "./display.ts";
import { readRun } from "./read_run.ts";
import { openRun, type Run } from "./run.ts";

const figure = histogramOf([{ name: "forecast", values: [1, 2, 3] }]);
const frame = pl.DataFrame({ symbol: ["AAPL", "MSFT"], forecast: [0.1, -0.2] });

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function leave(run: Run): Promise<void> {
  run.metric("rank_ic", 0.0213);
  run.series("rank_ic", [{ step: 2010, value: 0.03 }, { step: 2011, value: 0.01 }]);
  run.tag("verdict", "not worth its costs");
  run.dataset({ name: "panel", digest: "abc", rows: 2, universe: "made up" });
  run.child("h5", { parameters: { horizonDays: 5 } }).metric("rank_ic", 0.02);
  await run.figure("distribution", figure);
  await run.table("h5/scores", [{ model: "a,b", ic: 0.1 + 0.2 }, { model: 'say "no"', ic: NaN }]);
  await run.frame("forecasts", frame);
  await run.json("scorecard", { verdict: "no" });
  await run.model("lightgbm.txt", "tree");
}

Deno.test("openRun() leaves what was recorded, as readRun() finds it", () =>
  inFolder(async (folder) => {
    const run = await openRun(folder, { parameters: { horizonDays: 5, books: ["long"], seed: null } });
    await leave(run);
    const written = await run.finish();
    const read = await readRun(folder);
    assert.deepEqual(read, written);
    assert.deepEqual(read.parameters, { horizonDays: 5, books: ["long"], seed: null });
    assert.deepEqual(read.series.rank_ic[1], { step: 2011, value: 0.01 });
    assert.deepEqual(read.children.h5.metrics, { rank_ic: 0.02 });
    assert.deepEqual(read.artifacts.map(({ kind, path }) => [kind, path]), [
      ["figure", "figures/distribution.json"],
      ["figure", "figures/distribution.png"],
      ["frame", "frames/forecasts.parquet"],
      ["model", "models/lightgbm.txt"],
      ["json", "scorecard.json"],
      ["table", "tables/h5/scores.csv"],
    ]);
    const model = read.artifacts.find(({ kind }) => kind === "model");
    assert.deepEqual([model?.bytes, model?.sha256], [4, sha256("tree")]);
    assert.equal(
      await Deno.readTextFile(join(folder, "tables/h5/scores.csv")),
      'model,ic\n"a,b",0.30000000000000004\n"say ""no""",\n',
    );
    assert.deepEqual(pl.readParquet(join(folder, "frames/forecasts.parquet")).toRecords(), frame.toRecords());
  }));

Deno.test("openRun() leaves the same bytes for the same run", () =>
  inFolder(async (folder) => {
    const digests = [];
    for (const name of ["first", "second"]) {
      const run = await openRun(join(folder, name));
      await leave(run);
      await run.finish();
      digests.push(await sha256File(join(folder, name, "run.json")));
    }
    assert.equal(digests[0], digests[1]);
  }));

Deno.test("openRun() takes back an earlier run.json at once, so that a run cut off is not taken for a whole one", () =>
  inFolder(async (folder) => {
    await (await openRun(folder)).finish();
    const run = await openRun(folder);
    run.metric("rank_ic", 1);
    await assert.rejects(() => readRun(folder), { name: "NotFound" });
  }));

Deno.test("Run.step() and Run.stepEach() do a step once, and run.json tells of each", () =>
  inFolder(async (folder) => {
    const stepCache = new StepCache(new StepStore(join(folder, "steps")), { root: repositoryPath() });
    const folds = [{ name: "2010", year: 2010 }, { name: "2011", year: 2011 }];
    const leaveSteps = async () => {
      const run = await openRun(join(folder, "run"), { stepCache });
      assert.equal(await run.step("sum", { rows: [1, 2] }, ({ rows }) => rows[0] + rows[1]), 3);
      const fitted = await run.stepEach(
        "fits",
        folds,
        { seed: 7 },
        ({ year }, { seed }) => Promise.resolve(year + seed),
      );
      assert.deepEqual(fitted, [2017, 2018]);
      await assert.rejects(run.step("sum", {}, () => 1), /Cannot record a step: its name must be new/);
      return (await run.finish()).steps;
    };
    const first = await leaveSteps();
    const second = await leaveSteps();
    assert.deepEqual(first.map(({ name, outcome }) => `${name} ${outcome}`), [
      "sum computed",
      "fits/2010 computed",
      "fits/2011 computed",
    ]);
    assert.ok(second.every(({ outcome, key }, i) => outcome === "kept" && key === first[i].key));
    assert.deepEqual((await readRun(join(folder, "run"))).steps, second);
  }));

Deno.test("Run.stepEach() can be called again when it was stopped: what was done is not done again", () =>
  inFolder(async (folder) => {
    const stepCache = new StepCache(new StepStore(join(folder, "steps")), { root: repositoryPath() });
    const run = await openRun(join(folder, "run"), { stepCache });
    const fit = (folds: { name: string; rounds: number }[]) =>
      run.stepEach("fits", folds, {}, ({ rounds }) => new Float64Array(rounds).length);
    const [first, second] = [{ name: "2010", rounds: 1 }, { name: "2011", rounds: 2 }];
    await assert.rejects(fit([first, { ...second, rounds: -1 }]), { name: "RangeError" });
    assert.deepEqual(await fit([first, second]), [1, 2]);
    await assert.rejects(fit([first]), /its name must be new/);
    const { steps } = await run.finish();
    assert.deepEqual(steps.map(({ name, outcome }) => `${name} ${outcome}`), ["fits/2010 kept", "fits/2011 computed"]);
  }));

Deno.test("Run.figure() returns the figure to be shown, with the picture it saved", () =>
  inFolder(async (folder) => {
    const shown = await (await openRun(folder)).figure("distribution", figure);
    const bundle = await shown[JUPYTER_DISPLAY]() as Record<string, string>;
    const saved = await Deno.readFile(join(folder, "figures/distribution.png"));
    assert.deepEqual(Uint8Array.from(atob(bundle["image/png"]), (byte) => byte.charCodeAt(0)), saved);
  }));

Deno.test("Run.finish() waits for what is still being saved, and leaves no temporary file", () =>
  inFolder(async (folder) => {
    const run = await openRun(folder);
    run.model("ridge.json", "{}");
    run.table("scores", [{ ic: 1 }]);
    assert.equal((await run.finish()).artifacts.length, 2);
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
    assert.deepEqual(names.toSorted(), ["models", "run.json", "tables"]);
  }));

Deno.test("Run.finish() writes no run.json where a file could not be saved", () =>
  inFolder(async (folder) => {
    const run = await openRun(folder);
    await Deno.writeTextFile(join(folder, "models"), "in the way");
    const saving = run.model("ridge.json", "{}");
    await assert.rejects(() => run.finish());
    await assert.rejects(() => saving);
    await assert.rejects(() => readRun(folder), { name: "NotFound" });
  }));

Deno.test("Run refuses names used twice, numbers that are none, and paths that lead outside", () =>
  inFolder(async (folder) => {
    const run = await openRun(folder);
    run.metric("rank_ic", 1);
    assert.throws(() => run.metric("rank_ic", 1), {
      name: "RangeError",
      message: /Cannot record a metric: .*new.*"rank_ic"/,
    });
    assert.throws(() => run.metric("sharpe", NaN), {
      name: "RangeError",
      message: "Cannot record a metric: sharpe must be a finite number, current value is NaN",
    });
    assert.throws(() => run.series("ic", [{ step: 1, value: 0 }, { step: 1, value: 0 }]), { name: "RangeError" });
    assert.throws(() => run.tag("__proto__", "lost"), { name: "RangeError" });
    await run.json("scorecard", 1);
    await assert.rejects(() => run.json("scorecard", 2), { name: "RangeError" });
    await assert.rejects(() => run.json("run", 2), { name: "RangeError" });
    for (const name of ["../escape", "/etc/passwd", "a//b", ".hidden", "a\\b", ""]) {
      await assert.rejects(() => run.model(name, ""), { name: "RangeError", message: /stay inside the run/ });
    }
    await assert.rejects(() => openRun(folder, { parameters: { costBps: Infinity } }), { name: "RangeError" });
  }));

Deno.test("Run takes nothing more once it is finished", () =>
  inFolder(async (folder) => {
    const run = await openRun(folder);
    const child = run.child("h5");
    await run.finish();
    const finished = { name: "TypeError", message: /the run must be open, current state is finished/ };
    assert.throws(() => run.metric("rank_ic", 1), finished);
    assert.throws(() => child.metric("rank_ic", 1), finished);
    await assert.rejects(() => run.json("scorecard", 1), finished);
    await assert.rejects(() => run.finish(), finished);
  }));

Deno.test("readRun() refuses a file that is not as recorded", () =>
  inFolder(async (folder) => {
    const run = await openRun(folder);
    await run.model("ridge.json", "{}");
    await run.finish();
    await Deno.writeTextFile(join(folder, "models/ridge.json"), "{ }");
    await assert.rejects(() => readRun(folder), { name: "TypeError", message: /digest of models\/ridge.json must be/ });
    await Deno.remove(join(folder, "models/ridge.json"));
    await assert.rejects(() => readRun(folder), { name: "TypeError", message: /the file is missing/ });
  }));

Deno.test("readRun() refuses a run.json of another shape, and names the part", () =>
  inFolder(async (folder) => {
    const file = await (await openRun(folder)).finish();
    const path = join(folder, "run.json");
    await Deno.writeTextFile(path, JSON.stringify({ ...file, metrics: { rank_ic: "high" } }));
    await assert.rejects(() => readRun(folder), {
      name: "TypeError",
      message: `Cannot read the run in ${folder}: metrics must be as in RunFile, current value is {"rank_ic":"high"}`,
    });
    await Deno.writeTextFile(path, JSON.stringify({ ...file, notes: 1 }));
    await assert.rejects(() => readRun(folder), { name: "TypeError", message: /notes must be as in RunFile/ });
    await Deno.writeTextFile(path, "{");
    await assert.rejects(() => readRun(folder), { name: "SyntaxError" });
  }));

Deno.test("Run.judge() counts each look with what was run on which data, and a rerun is no other", () =>
  inFolder(async (folder) => {
    const ledger = Ledger.inMemory();
    const normal = normalRandom(seededRandom(7));
    const dates = weekdays("2020-01-01", 120);
    const [symbol, date] = [dates.flatMap(() => [..."ABCDEFGH"]), dates.flatMap((day) => Array(8).fill(day))];
    const columns = { forecast: Float64Array.from(symbol, normal), actual: Float64Array.from(symbol, normal) };
    const judged = Panel.fromRows({ symbol, date, columns });
    const judgeIn = async (name: string) => {
      const run = await openRun(join(folder, name), { ledger, parameters: { seed: 3, outputFolder: folder } });
      await assert.rejects(() => run.judge(judged), /^TypeError: Cannot judge forecasts: .* noted its data first/);
      run.dataset({ name: "own", digest: "abc", rows: judged.rows, universe: "made up", finalFrom: dates[100] });
      return run.judge(judged, { draws: 100 });
    };
    const first = await judgeIn("one");
    assert.deepEqual(await judgeIn("two"), first);
    const gross = Float64Array.from(dates, () => 0.01 * normal());
    const run = await openRun(join(folder, "book"), { ledger });
    run.dataset({ name: "own", digest: "abc", rows: judged.rows, universe: "made up" });
    const book = { dates, gross, turnover: new Float64Array(120), net: [{ costBps: 5, returns: gross }] };
    await run.judgeBook("daily", book, { draws: 100 });
    const trials = (await ledger.records()).filter((record) => record.kind === "trial");
    assert.deepEqual(trials.map(({ judged, tier, source }) => [judged.what, tier, source.parameters, source.data]), [
      ["forecast", "final", { seed: 3 }, [{ name: "own", digest: "abc" }]],
      ["book", "final", {}, [{ name: "own", digest: "abc" }]],
    ]);
  }));

Deno.test("Run counts looks at quantiles, volatilities and probabilities, too", () =>
  inFolder(async (folder) => {
    const ledger = Ledger.inMemory();
    const normal = normalRandom(seededRandom(8));
    const dates = weekdays("2020-01-01", 60);
    const [symbol, date] = [dates.flatMap(() => [..."ABCDEF"]), dates.flatMap((day) => Array(6).fill(day))];
    const fill = (value: number) => new Float64Array(symbol.length).fill(value);
    const panel = Panel.fromRows({
      symbol,
      date,
      columns: {
        q10: fill(-1.28),
        q90: fill(1.28),
        volatility: fill(1),
        probability: Float64Array.from(symbol, () => 0.5 + 0.01 * normal()),
        actual: Float64Array.from(symbol, normal),
      },
    });
    const run = await openRun(folder, { ledger });
    await assert.rejects(
      () => run.judgeQuantiles(panel),
      /^TypeError: Cannot judge quantiles: .* noted its data first/,
    );
    run.dataset({ name: "own", digest: "abc", rows: panel.rows, universe: "made up" });
    const cards = [
      await run.judgeQuantiles(panel, { draws: 100 }),
      await run.judgeVolatility(panel, { draws: 100 }),
      await run.judgeClassifier(panel, { draws: 100 }),
    ];
    assert.deepEqual(cards.map(({ kind }) => kind), ["quantile", "volatility", "classifier"]);
    assert.ok(cards.every(({ trials }) => "trials" in trials));
    assert.equal((await ledger.records()).filter(({ kind }) => kind === "trial").length, 3);
  }));

Deno.test("Run.judge() counts looks at a simulated market nowhere but in the run", () =>
  inFolder(async (folder) => {
    const run = await openRun(folder);
    const panel = Panel.fromRows({
      symbol: ["A", "B"],
      date: ["2020-01-01", "2020-01-01"],
      columns: { forecast: Float64Array.of(1, 2), actual: Float64Array.of(1, 2) },
    });
    run.dataset({ name: "synthetic", digest: "abc", rows: 2, universe: "made up" });
    const { trials } = await run.judge(panel, { draws: 100 });
    assert.ok("trials" in trials && trials.trials === 1);
  }));
