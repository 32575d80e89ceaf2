import assert from "node:assert/strict";
import { bookTrial, forecastTrial, noisePanel } from "../testdata/made_up_trials.ts";
import { Ledger } from "./ledger.ts";
import { sharedRows } from "./row_sketch.ts";

/** A clock that moves on by a second each time. */
function clock(from = "2026-01-05T09:00:00Z"): () => Date {
  let next = Date.parse(from);
  return () => new Date(next += 1000);
}

/** A folder for a ledger, removed afterwards. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(`${folder}/ledger`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const linesOf = (folder: string) => Deno.readTextFile(`${folder}/ledger.jsonl`);

Deno.test("Ledger knows a trial again by what was judged, whatever it is called, and changes no byte", async () => {
  await inFolder(async (folder) => {
    const trial = forecastTrial(noisePanel(1));
    const { record } = await (await Ledger.open(folder, { now: clock() })).append(trial);
    const before = await linesOf(folder);
    const renamed = {
      ...trial,
      source: { source: "elsewhere", parameters: {}, data: [{ name: "other", digest: "d9" }] },
      judged: { ...trial.judged, name: "another column" },
    };
    const again = await (await Ledger.open(folder, { now: clock() })).append(renamed);
    assert.deepEqual(again, { record, isNew: false });
    assert.equal(await linesOf(folder), before);
  });
});

Deno.test("Ledger counts another forecast, horizon, outcome, row or metric as another trial", async () => {
  const panel = noisePanel(1);
  const trial = forecastTrial(panel);
  const ledger = Ledger.inMemory({ now: clock() });
  const nudged = panel.with({
    forecast: panel.column("forecast").map((value, row) => row === 9 ? value + 1e-12 : value),
  });
  const others = [
    trial,
    forecastTrial(nudged),
    { ...trial, judged: { ...trial.judged, horizonDays: 5 } },
    forecastTrial(panel.with({ actual: noisePanel(2).column("actual") })),
    forecastTrial(panel.select((row) => row !== 3)),
    { ...trial, metric: { ...trial.metric, name: "Brier skill" } },
  ];
  for (const other of others) assert.ok((await ledger.append(other)).isNew);
  assert.equal((await ledger.standing(trial)).trials, others.length);
});

Deno.test("Ledger joins to a family what shares rows or data, and nothing else", async () => {
  const ledger = Ledger.inMemory({ now: clock() });
  const panel = noisePanel(1);
  const trial = forecastTrial(panel, { digest: "one" });
  const related = [
    forecastTrial(panel.select((row) => row % 2 === 0), { digest: "renamed and thinned" }),
    forecastTrial(noisePanel(1, { prefix: "renamed" }), { digest: "renamed symbols" }),
    forecastTrial(noisePanel(5, { start: "2031-01-01" }), { digest: "one" }),
  ];
  const strangers = [
    forecastTrial(noisePanel(6, { start: "2031-01-01" }), { digest: "two" }),
    forecastTrial(noisePanel(7, { prefix: "others" }), { digest: "three" }),
  ];
  for (const other of [...related, ...strangers]) await ledger.append(other);
  const { record } = await ledger.append(trial);
  const { trials, metrics } = await ledger.standing(record);
  assert.equal(trials, related.length + 1);
  assert.deepEqual(
    metrics.map(({ source }) => source.data[0].digest).slice(0, 3),
    related.map(({ source }) => source.data[0].digest),
  );
});

Deno.test("Ledger counts forecasts and books of the same days for each other, and not those of other days", async () => {
  const ledger = Ledger.inMemory({ now: clock() });
  const later = noisePanel(9, { start: "2031-01-01" });
  for (const seed of [1, 2, 3]) await ledger.append(forecastTrial(noisePanel(seed), { digest: `${seed}` }));
  await ledger.append(forecastTrial(later, { digest: "later" }));
  const { what, rowSketch } = forecastTrial(noisePanel(1)).judged;
  await ledger.admit({ what, data: [], rowSketch, tier: "final", trials: 5, words: "forecasts seen elsewhere" });
  const { record } = await ledger.append(bookTrial(4));
  const { trials, recorded, admitted } = await ledger.standing(record);
  assert.deepEqual({ trials, recorded, admitted }, { trials: 9, recorded: 4, admitted: 5 });
  assert.equal((await ledger.standing(forecastTrial(later, { digest: "another" }))).trials, 1);
});

Deno.test("Ledger joins books over the same days, and not those of other days", async () => {
  const ledger = Ledger.inMemory({ now: clock() });
  for (const seed of [1, 2, 3]) await ledger.append(bookTrial(seed));
  const { record } = await ledger.append(bookTrial(4));
  assert.equal((await ledger.standing(record)).trials, 4);
});

Deno.test("Ledger.standing() until a record counts nothing that was tried later", async () => {
  const ledger = Ledger.inMemory({ now: clock() });
  const [panel, records] = [noisePanel(1), []] as [ReturnType<typeof noisePanel>, string[]];
  for (const seed of [2, 3, 4, 5]) {
    const { record } = await ledger.append(
      forecastTrial(panel.with({ forecast: noisePanel(seed).column("forecast") })),
    );
    records.push(record.hash);
    const early = await ledger.standing(record, { until: records[0] });
    assert.deepEqual([early.trials, early.head], [1, records[0]]);
  }
  const of = forecastTrial(panel);
  const counts = await Promise.all(records.map(async (until) => (await ledger.standing(of, { until })).trials));
  assert.deepEqual(counts, [1, 2, 3, 4]);
  await assert.rejects(ledger.standing(of, { until: "0" }), RangeError);
});

Deno.test("Ledger.standing() gives the daily values of each trial back", async () => {
  const ledger = Ledger.inMemory({ now: clock() });
  const trial = forecastTrial(noisePanel(1));
  await ledger.append({ ...trial, metric: { ...trial.metric, name: "without days" }, series: undefined });
  await ledger.append(trial);
  const { series: [{ dates, values }, ...others] } = await ledger.standing(trial);
  assert.deepEqual([{ dates, values }, others], [trial.series, []]);
});

Deno.test("Ledger counts looks at the final block apart, and in all", async () => {
  const ledger = Ledger.inMemory({ now: clock() });
  const panel = noisePanel(1);
  await ledger.append(forecastTrial(panel.select((row) => panel.dayOf[row] < 60)));
  const { record } = await ledger.append(forecastTrial(panel, { tier: "final" }));
  const { trials, final } = await ledger.standing(record);
  assert.deepEqual([trials, final], [2, 1]);
});

Deno.test("Ledger.admit() adds looks to the family of its data or rows, once however often it is said", async () => {
  const ledger = Ledger.inMemory({ now: clock() });
  const trial = forecastTrial(noisePanel(1), { digest: "one" });
  const admission = {
    what: "forecast" as const,
    data: [{ name: "market", digest: "one" }],
    tier: "final" as const,
    trials: 40,
    words: "seen before anybody counted, as the log says",
  };
  const admitted = await ledger.admit(admission);
  assert.deepEqual(await ledger.admit({ ...admission, rowSketch: undefined }), admitted);
  await ledger.admit({ ...admission, data: [], rowSketch: trial.judged.rowSketch, trials: 2 });
  await ledger.admit({ ...admission, data: [{ name: "other", digest: "two" }], trials: 500 });
  await ledger.admit({ ...admission, what: "book", trials: 3 });
  const { record } = await ledger.append(trial);
  const { trials, recorded, admitted: looks, final } = await ledger.standing(record);
  assert.deepEqual({ trials, recorded, looks, final }, { trials: 46, recorded: 1, looks: 45, final: 45 });
  await assert.rejects(ledger.admit({ ...admission, trials: 0 }), RangeError);
});

Deno.test("Ledger.admit() for a trial counts for it afterwards too, and for no earlier claim of others", async () => {
  const ledger = Ledger.inMemory({ now: clock() });
  const panel = noisePanel(1);
  const { record: own } = await ledger.append(forecastTrial(panel));
  const { record: other } = await ledger.append(
    forecastTrial(panel.with({ forecast: noisePanel(2).column("forecast") })),
  );
  await ledger.admit({
    what: "forecast",
    data: [],
    trial: own.trial,
    tier: "development",
    trials: 9,
    words: "by hand",
  });
  assert.equal((await ledger.standing(own, { until: own.hash })).trials, 10);
  assert.equal((await ledger.standing(other, { until: other.hash })).trials, 2);
});

Deno.test("Ledger takes the lines of both branches after a merge: nothing is broken, a trial of both counts once", async () => {
  await inFolder(async (folder) => {
    const start = forecastTrial(noisePanel(1));
    const same = forecastTrial(noisePanel(1).with({ forecast: noisePanel(9).column("forecast") }));
    await (await Ledger.open(folder, { now: clock() })).append(start);
    const base = await linesOf(folder);
    const branches: string[] = [];
    for (const seed of [2, 3]) {
      await Deno.writeTextFile(`${folder}/ledger.jsonl`, base);
      const ledger = await Ledger.open(folder, { now: clock(`2026-02-0${seed}T09:00:00Z`) });
      await ledger.append(forecastTrial(noisePanel(1).with({ forecast: noisePanel(seed).column("forecast") })));
      await ledger.append(same);
      branches.push((await linesOf(folder)).slice(base.length));
    }
    const standings = [];
    for (const [one, other] of [branches, branches.toReversed()]) {
      await Deno.writeTextFile(`${folder}/ledger.jsonl`, base + one + other);
      const ledger = await Ledger.open(folder, { now: clock("2026-03-01T09:00:00Z") });
      assert.deepEqual(await ledger.verify(), []);
      const { record, isNew } = await ledger.append(same);
      assert.deepEqual([isNew, record.when], [false, "2026-02-02T09:00:02.000Z"]);
      for (
        const twin of (await ledger.records()).filter((known) => known.kind === "trial" && known.trial === record.trial)
      ) {
        const told = (await ledger.standing(twin as typeof record)).metrics.filter(({ trial }) =>
          trial === record.trial
        );
        assert.deepEqual(told, [twin], "each record of a trial that stands there twice tells of itself, once");
      }
      const { record: next } = await ledger.append(forecastTrial(noisePanel(4)));
      assert.equal(next.previous.length, 2);
      assert.deepEqual(await ledger.verify(), []);
      standings.push(
        (await ledger.standing(start)).trials,
        (await ledger.standing(same, { until: record.hash })).trials,
      );
    }
    assert.deepEqual(standings, [5, 3, 5, 3]);
  });
});

Deno.test("Ledger refuses a number that is not finite, and a series without a day for each value", async () => {
  const ledger = Ledger.inMemory({ now: clock() });
  const trial = bookTrial(1);
  await assert.rejects(ledger.append({ ...trial, metric: { ...trial.metric, value: NaN } }), RangeError);
  await assert.rejects(
    async () => await ledger.append({ ...trial, series: { dates: ["2020-01-02"], values: Float64Array.of(1, 2) } }),
    TypeError,
  );
  assert.deepEqual(await ledger.records(), []);
});

Deno.test("Ledger takes three hundred trials and counts them in seconds", async () => {
  const ledger = Ledger.inMemory({ now: clock() });
  const begun = performance.now();
  for (let seed = 0; seed < 300; seed++) await ledger.append(bookTrial(seed));
  assert.equal((await ledger.standing(bookTrial(0))).trials, 300);
  assert.ok(performance.now() - begun < 20_000);
  const [{ judged: one }, { judged: other }] = [bookTrial(0), bookTrial(1, 30)];
  assert.equal(sharedRows(one.rowSketch, other.rowSketch), 1);
});
