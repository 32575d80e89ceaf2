/**
 * Runs the studies again and says whether they give what is recorded.
 *
 * Reads experiments/<study>/study.yaml and recorded.json. Leaves experiments/runs/<study>/<step>: executed notebook,
 * HTML page, figures, tables, forecasts, scorecard; and the runs in MLflow. Minutes on two cores.
 *
 *   make reproduce                            all studies
 *   make reproduce STUDY=bars                 one of them
 *   make reproduce STUDY=bars BARS=folder     the same study on your own bars (nothing to compare with)
 *   make reproduce FRESH=1                    from the first step, though a run before was cut off, behind whose finished
 *                                             steps it would go on
 *   make reproduce FAST=1                     by hashes alone: what the results were made from, and the files of the last
 *                                             run, are they as recorded? Seconds; exit code 2 where that cannot be told
 */
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { repositoryPath } from "@lib/core";
import { loadMarket, reportText } from "@lib/data";
import { ProgressBoard } from "@lib/runner";
import { CURVES, readStudies, runRecords, runStudies, type StepRun } from "@lib/study";
import {
  CurveRelay,
  MlflowClient,
  type MlflowServer,
  mlflowSpoolFolder,
  mlflowStoreFolder,
  provenance,
  type RecordOutcome,
  recordRuns,
  startMlflowServer,
} from "@lib/tracking";
import { chalk } from "zx";
import { compareWithRecorded } from "./compare_with_recorded.ts";
import { prove } from "./prove.ts";
import { showComparisons, showResults, showTracking } from "./show.ts";
import { stopSignals } from "./stop_signals.ts";

async function reproduce(): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      study: text,
      bars: text,
      cores: text,
      memory: text,
      fast: { type: "boolean" },
      fresh: { type: "boolean" },
    },
  });
  const started = performance.now();
  const signal = stopSignals();

  const wanted = values.study?.split(",").map((name) => name.trim());
  const recordedStudies = await readStudies(repositoryPath("experiments"), wanted);
  if (values.fast && values.bars !== undefined) {
    throw new RangeError("Cannot reproduce: FAST must stay unset with BARS, for which nothing is recorded");
  }
  if (values.fast) return await prove(recordedStudies);
  const ownBars = values.bars === undefined ? undefined : await admitOwnBars(values.bars);
  // what the specs say of the universe holds for the recorded markets alone
  const studies = recordedStudies.map((study) => ownBars ? { ...study, universe: ownBars.universe } : study);

  // The server takes as long to start as a notebook takes to load its data, and a study is recorded while others run.
  const server = startMlflowServer({ storeFolder: mlflowStoreFolder }).catch((error: Error) => error);
  const runsFolder = ownBars ? "experiments/runs/own_bars" : "experiments/runs";
  const experimentOf = (study: string) => ownBars ? `own bars: ${study}` : study;
  const curves = new CurveRelay(
    clientOf(server),
    studies.flatMap(({ name, steps }) =>
      Object.keys(steps).map((step) => ({
        name: `${name}/${step}`,
        experiment: experimentOf(name),
        path: repositoryPath(runsFolder, name, step, CURVES),
      }))
    ),
  );
  const recording: Promise<RecordOutcome[]>[] = [];
  const board = new ProgressBoard();
  try {
    const steps = await runStudies(studies, {
      root: repositoryPath(),
      runsFolder,
      overrides: ownBars ? { market: ownBars.path, firstTestDay: "" } : {},
      ...(values.cores && { cores: Number(values.cores) }),
      ...(values.memory && { memoryMb: Number(values.memory) }),
      resume: !values.fresh,
      onResume: (study, begunAt, steps) =>
        console.log(`${study}: goes on behind what was done since ${begunAt.toLocaleString()}: ${steps.join(", ")}`),
      onProgress: board.update,
      onStudyEnd: (ended) => {
        for (const { study, step, status } of ended) {
          curves.end(`${study.name}/${step}`, status === "ok" ? "FINISHED" : "FAILED");
        }
        const recorded = record(ended, server, ownBars && experimentOf(ended[0].study.name));
        recorded.catch(() => {}); // a failure is met where the results are shown, not in the middle of other studies
        recording.push(recorded);
      },
      signal,
    });
    board.close();
    showResults(steps);
    const compared = ownBars ? [] : await compareWithRecorded(steps);
    showComparisons(compared);
    showTracking((await Promise.all(recording)).flat());
    const seconds = (performance.now() - started) / 1000;
    console.log(`\n${seconds.toFixed(0)} s. Pages: ${dirname(dirname(steps[0].folder))}/<study>/<step>/notebook.html`);
    const failed = steps.some(({ status }) => status !== "ok");
    const differs = compared.flatMap(({ comparisons }) => comparisons).some(({ state }) =>
      state === "differs" || state === "missing" || state === "new"
    );
    return signal.aborted ? 130 : failed || differs ? 1 : 0;
  } finally {
    board.close();
    await curves.close();
    const running = await server;
    if (!(running instanceof Error)) await running.stop();
  }
}

/** Loads own bars once before any notebook does, so that what is wrong with them is said once and at the start. */
async function admitOwnBars(bars: string): Promise<{ path: string; universe: string }> {
  const path = resolve(bars);
  const { report, source } = await loadMarket(path, { tier: "final" });
  console.log(`${reportText(report)}\n`);
  return { path, universe: source.universe };
}

async function clientOf(server: Promise<MlflowServer | Error>): Promise<MlflowClient> {
  const running = await server;
  return running instanceof Error
    ? new MlflowClient("http://127.0.0.1:9", { retries: 0 }) // nobody listens there: everything is kept on disk
    : new MlflowClient(running.trackingUri);
}

async function record(
  steps: readonly StepRun[],
  server: Promise<MlflowServer | Error>,
  experiment?: string,
): Promise<RecordOutcome[]> {
  const client = await clientOf(server);
  const records = runRecords(steps, { root: repositoryPath(), provenance: await provenance(), experiment });
  return await recordRuns(records, { client, spoolFolder: mlflowSpoolFolder });
}

if (import.meta.main) {
  const code = await reproduce().catch((error: Error) => {
    console.error(chalk.red(error.message));
    return 1;
  });
  Deno.exit(code);
}
