import { isAbsolute, join } from "node:path";
import { StepCache, type StepInputs, type StepRecord, StepStore } from "@lib/cache";
import { checkInteger, type Panel, repositoryPath, sha256File, stableJson, writeAtomically } from "@lib/core";
import {
  type ClassifierCard,
  judge,
  judgeBookClaim,
  type JudgeBookOptions,
  judgeClassifierClaim,
  type JudgeClassifierOptions,
  type JudgedBook,
  type JudgedBookClaim,
  type JudgeOptions,
  judgeQuantilesClaim,
  type JudgeQuantilesOptions,
  judgeVolatilityClaim,
  type JudgeVolatilityOptions,
  Ledger,
  type QuantileCard,
  type Scorecard,
  type VolatilityCard,
} from "@lib/f4";
import { type Figure, renderPng } from "@lib/plots";
import type pl from "nodejs-polars";
import { csvOf } from "./_csv.ts";
import { rowsOf, type TableRows } from "./_table_cells.ts";
import type { Display } from "./display.ts";
import type { ArtifactKind, ArtifactRecord, DatasetRecord, ParameterValue, RunFile } from "./run_file.ts";
import { RunNotes } from "./run_notes.ts";
import { showFigure } from "./show_figure.ts";
import { showTable, type ShowTableOptions } from "./show_table.ts";
import { trialSource } from "./_trial_source.ts";

/** Name of the file that says what a run left; written last. */
export const RUN_FILE = "run.json";

/** Options of {@linkcode openRun}. */
export interface OpenRunOptions {
  /** What the run was asked to do. Default: nothing. */
  parameters?: Readonly<Record<string, ParameterValue>>;
  /** Where steps are kept. Default: in `data/derived/steps` of the repository. */
  stepCache?: StepCache;
  /**
   * Where looks at held-out rows are counted. Default: the folder that `LAB_LEDGER` names, or `experiments/ledger` of
   * the repository; for a simulated market, where nothing is held out, one that ends with the run.
   */
  ledger?: Ledger;
}

/** The data of a run: a market as `loadMarket` gives it, or anything else that says as much of itself. */
export interface NotedDataset extends Omit<DatasetRecord, "source"> {
  /** Which symbols these are, and how they were chosen. */
  universe: string;
  /** First day of the final block, looks at which are counted by themselves. Default: none is known. */
  finalFrom?: string;
}

/** Name of the market that is made up, as `loadMarket` calls it. */
const SIMULATED = "synthetic";

/** What a run fills in for the judge. */
type Counting = Pick<JudgeOptions, "ledger" | "trial" | "finalFrom">;

/** Files that say which packages the repository has. */
const LOCK_FILES = ["deno.lock", "pipelines/setup/python.lock"];

/**
 * What a study leaves on disk: files in one folder, and notes beside them. Nothing counts until {@linkcode finish} has
 * written `run.json`, so a run that was cut off cannot be taken for a whole one. Names may have parts separated by `/`.
 */
export class Run extends RunNotes {
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly #artifacts: Record<string, ArtifactRecord | null> = { [RUN_FILE]: null };
  readonly #datasets: Record<string, DatasetRecord> = {};
  readonly #children: Record<string, RunNotes> = {};
  readonly #steps: Record<string, StepRecord | null> = {};
  readonly #saving: Promise<unknown>[] = [];
  readonly #parameters: Readonly<Record<string, ParameterValue>>;
  #finalFrom: string | undefined;
  #stepCache: StepCache | undefined;
  #ledger: Ledger | undefined;

  /** Use {@linkcode openRun}. */
  constructor(folder: string, { parameters = {}, stepCache, ledger }: OpenRunOptions) {
    super(parameters);
    this.folder = folder;
    this.#parameters = parameters;
    this.#stepCache = stepCache;
    this.#ledger = ledger;
  }

  /**
   * A long step of the run: gives what it gave before from the same code and inputs, or computes and keeps it. A run
   * that was cut off and is begun again goes on behind the steps that were done.
   *
   * Kept is what `StepCache` says; under an attempt of `make reproduce`, only what that attempt has computed.
   *
   * @param inputs Data, or functions that use only names of inputs, exports of `lib` and the language.
   * @param compute Uses nothing else either. What it gives must be data.
   * @throws {RangeError} If the name is taken.
   * @throws {TypeError} If code uses more than that, or something cannot be kept exactly.
   */
  async step<Inputs extends StepInputs, Value>(
    name: string,
    inputs: Inputs,
    compute: (inputs: Inputs) => Value,
  ): Promise<Awaited<Value>> {
    this.claim("step", this.#steps, name, null);
    try {
      const { value, record } = await this.#cache().remember(name, inputs, compute);
      this.#steps[name] = record;
      return value;
    } catch (error) {
      this.#takeBack([name]);
      throw error;
    }
  }

  /**
   * A {@linkcode step} for each of several items, such as the folds of a walk forward: what is cut off in the seventh
   * keeps six.
   *
   * @param items Data, each with a name; its step is `<name>/<name of the item>`.
   * @returns What `compute` gave for each item.
   */
  async stepEach<Item extends { readonly name: string }, Inputs extends StepInputs, Value>(
    name: string,
    items: readonly Item[],
    inputs: Inputs,
    compute: (item: Item, inputs: Inputs) => Value,
  ): Promise<Awaited<Value>[]> {
    const names = items.map((item) => `${name}/${item.name}`);
    for (const each of names) this.claim("step", this.#steps, each, null);
    try {
      return await this.#cache().rememberEach(name, items, inputs, compute, (record) => {
        this.#steps[record.name] = record;
      });
    } catch (error) {
      this.#takeBack(names);
      throw error;
    }
  }

  /** Saves `figures/<name>.json` and `.png`, and returns the figure to be shown. */
  async figure(name: string, figure: Figure): Promise<Display> {
    const drawn = this.#save("figure", [`figures/${name}.json`, `figures/${name}.png`], async (jsonPath, pngPath) => {
      const png = await renderPng(figure);
      await writeAtomically(jsonPath, stableJson(figure));
      await writeAtomically(pngPath, png);
      return png;
    });
    return showFigure(figure, { png: await drawn });
  }

  /** Saves `tables/<name>.csv` with all rows and digits, and returns the table to be shown. */
  async table(name: string, table: TableRows | pl.DataFrame, options: ShowTableOptions = {}): Promise<Display> {
    const rows = rowsOf(table);
    const shown = showTable(rows, options);
    await this.#save("table", [`tables/${name}.csv`], (path) => writeAtomically(path, csvOf(rows)));
    return shown;
  }

  /** Saves `frames/<name>.parquet`. */
  async frame(name: string, frame: pl.DataFrame): Promise<void> {
    await this.#save("frame", [`frames/${name}.parquet`], async (path) => {
      await writeAtomically(path, frame.writeParquet({ compression: "zstd" }));
    });
  }

  /** Saves `<name>.json`; a number that is not finite is refused. */
  async json(name: string, value: unknown): Promise<void> {
    const text = stableJson(value);
    await this.#save("json", [`${name}.json`], (path) => writeAtomically(path, text));
  }

  /** Saves a fitted model as `models/<name>`; the name brings its own ending. */
  async model(name: string, data: string | Uint8Array): Promise<void> {
    await this.#save("model", [`models/${name}`], (path) => writeAtomically(path, data));
  }

  /** Notes the data that the run used. Of several markets, the earliest final block is the one that is watched. */
  dataset({ name, digest, rows, universe, finalFrom }: NotedDataset): void {
    checkInteger("record a dataset", `rows of ${name}`, rows, { least: 0 });
    this.claim("dataset", this.#datasets, name, { name, digest, rows, source: universe });
    const starts = [this.#finalFrom, finalFrom].filter((day) => day !== undefined);
    this.#finalFrom = starts.toSorted()[0];
  }

  /**
   * Judges forecasts by what came true, and counts the look: `judge` of `@lib/f4` with the run's ledger, data, notebook
   * and parameters filled in. Data is noted before ({@linkcode dataset}).
   *
   * @throws {TypeError} If no data was noted.
   */
  async judge(panel: Panel, options: Omit<JudgeOptions, keyof Counting> = {}): Promise<Scorecard> {
    return judge(panel, { ...options, ...await this.#counting("judge forecasts") });
  }

  /**
   * Judges quantiles as a claim, in the same way: `judgeQuantilesClaim` of `@lib/f4`.
   *
   * @throws {TypeError} If no data was noted.
   */
  async judgeQuantiles(panel: Panel, options: JudgeQuantilesOptions = {}): Promise<QuantileCard> {
    return judgeQuantilesClaim(panel, { ...options, ...await this.#counting("judge quantiles") });
  }

  /**
   * Judges volatilities as a claim, in the same way: `judgeVolatilityClaim` of `@lib/f4`.
   *
   * @throws {TypeError} If no data was noted.
   */
  async judgeVolatility(panel: Panel, options: JudgeVolatilityOptions = {}): Promise<VolatilityCard> {
    return judgeVolatilityClaim(panel, { ...options, ...await this.#counting("judge volatilities") });
  }

  /**
   * Judges probabilities as a claim, in the same way: `judgeClassifierClaim` of `@lib/f4`.
   *
   * @throws {TypeError} If no data was noted.
   */
  async judgeClassifier(panel: Panel, options: JudgeClassifierOptions = {}): Promise<ClassifierCard> {
    return judgeClassifierClaim(panel, { ...options, ...await this.#counting("judge probabilities") });
  }

  /**
   * Judges a book in the same way: `judgeBookClaim` of `@lib/f4`.
   *
   * @param book As `backtest` leaves it.
   * @throws {TypeError} If no data was noted.
   */
  async judgeBook(
    name: string,
    book: JudgedBook & { readonly dates: readonly string[] },
    options: JudgeBookOptions = {},
  ): Promise<JudgedBookClaim> {
    return judgeBookClaim({ ...book, name }, { ...options, ...await this.#counting("judge a book") });
  }

  /**
   * Notes what a judged claim amounts to: verdict and reasons, how many trials it was held against, what is left of it
   * then (`deflated`, a probability), and its record in the ledger (`trial`).
   */
  conclude({ verdict, trials }: Pick<Scorecard | JudgedBookClaim, "verdict" | "trials">): void {
    this.tag("verdict", verdict.verdict);
    this.tag("reasons", verdict.summary);
    if ("reason" in trials) return this.tag("trials_missing", trials.reason);
    this.metric("trials", trials.trials);
    this.measure("deflated", trials.deflated);
    this.tag("trial", trials.record);
  }

  /** Opens a part of the run, to be compared with its siblings: a horizon, a model. Its files stay with the run. */
  child(name: string, { parameters = {} }: Pick<OpenRunOptions, "parameters"> = {}): RunNotes {
    const child = new RunNotes(parameters);
    this.claim("child", this.#children, name, child);
    return child;
  }

  /** Waits for what is still being saved, then writes `run.json`; afterwards the run takes nothing more. */
  async finish(): Promise<RunFile> {
    const notes = this.seal();
    await Promise.all(this.#saving);
    const file: RunFile = {
      format: 1,
      ...notes,
      datasets: Object.values(this.#datasets),
      artifacts: Object.values(this.#artifacts)
        .filter((artifact) => artifact !== null)
        .toSorted((a, b) => a.path < b.path ? -1 : 1),
      steps: Object.values(this.#steps).filter((step) => step !== null),
      children: Object.fromEntries(Object.entries(this.#children).map(([name, child]) => [name, child.seal()])),
    };
    await writeAtomically(join(this.folder, RUN_FILE), stableJson(file));
    return file;
  }

  async #counting(action: string): Promise<Counting> {
    const datasets = Object.values(this.#datasets);
    if (datasets.length === 0) {
      throw new TypeError(`Cannot ${action}: the run must have noted its data first, by run.dataset(...)`);
    }
    const trial = trialSource({ folder: this.folder, parameters: this.#parameters, datasets });
    this.#ledger ??= datasets.every(({ name }) => name === SIMULATED)
      ? Ledger.inMemory()
      : await Ledger.open(Deno.env.get("LAB_LEDGER") ?? repositoryPath("experiments", "ledger"));
    return { ledger: this.#ledger, trial, finalFrom: this.#finalFrom };
  }

  /** A cell that was stopped may be run again, so the names of its steps are free again; what was done is still kept. */
  #takeBack(names: readonly string[]): void {
    for (const name of names) delete this.#steps[name];
  }

  #cache(): StepCache {
    return this.#stepCache ??= new StepCache(new StepStore(repositoryPath("data", "derived", "steps")), {
      root: repositoryPath(),
      lockFiles: LOCK_FILES,
      attempt: Deno.env.get("LAB_ATTEMPT"),
    });
  }

  #save<Result>(
    kind: ArtifactKind,
    paths: string[],
    write: (...paths: string[]) => Promise<Result>,
  ): Promise<Result> {
    for (const path of paths) {
      checkInside(kind, path);
      this.claim(kind, this.#artifacts, path, null);
    }
    const saved = (async () => {
      const result = await write(...paths.map((path) => join(this.folder, path)));
      for (const path of paths) this.#artifacts[path] = await describe(this.folder, path, kind);
      return result;
    })();
    this.#saving.push(saved);
    return saved;
  }
}

/**
 * Opens a run that leaves its files in a folder. An earlier `run.json` there is removed at once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readRun } from "@lib/notebook";
 * const folder = await Deno.makeTempDir();
 * const run = await openRun(folder, { parameters: { horizonDays: 5 } });
 * run.metric("rank_ic", 0.0213);
 * await run.json("scorecard", { verdict: "no" });
 * await run.finish();
 * const { metrics, artifacts } = await readRun(folder);
 * assert.equal(metrics.rank_ic, 0.0213);
 * assert.deepEqual(artifacts.map(({ path }) => path), ["scorecard.json"]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @param outputFolder Absolute, or relative to the root of the repository (a notebook's working folder is its own).
 * @throws {RangeError} If a parameter is not finite.
 */
export async function openRun(outputFolder: string, options: OpenRunOptions = {}): Promise<Run> {
  const folder = runFolder(outputFolder);
  const run = new Run(folder, options);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.remove(join(folder, RUN_FILE)).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  return run;
}

/** A run's folder as an absolute path; a relative one counts from the root of the repository. */
export function runFolder(outputFolder: string): string {
  return isAbsolute(outputFolder) ? outputFolder : repositoryPath(outputFolder);
}

/**
 * Refuses a path that could leave the run's folder, hide, or be something else on another system.
 *
 * @throws {RangeError} If a part of the path is not made of letters, digits, `_`, `-` and `.`, or begins with a dot.
 */
export function checkInside(kind: string, path: string): void {
  if (path.split("/").every((part) => /^\w[\w.-]*$/.test(part))) return;
  throw new RangeError(
    `Cannot save a ${kind}: its path must be made of letters, digits, _, - and . and stay inside the run, ` +
      `current value is "${path}"`,
  );
}

async function describe(folder: string, path: string, kind: ArtifactKind): Promise<ArtifactRecord> {
  const file = join(folder, path);
  return { path, kind, bytes: (await Deno.stat(file)).size, sha256: await sha256File(file) };
}
