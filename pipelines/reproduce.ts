/**
 * Runs the studies again and says whether they give what is recorded.
 *
 * Reads experiments/<study>/study.yaml and recorded.json. Leaves experiments/runs/<study>/<step>: executed notebook,
 * HTML page, figures, tables, forecasts, scorecard; and the runs in MLflow. About two minutes on two cores.
 *
 *   make reproduce                            all studies
 *   make reproduce STUDY=bars                 one of them
 *   make reproduce STUDY=bars BARS=folder     the same study on your own bars (nothing to compare with)
 */
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { repositoryPath } from "@lib/core";
import { readStudies, runRecords, runStudies, type StepRun } from "@lib/study";
import {
  MlflowClient,
  mlflowSpoolFolder,
  mlflowStoreFolder,
  provenance,
  type RecordOutcome,
  recordRuns,
  startMlflowServer,
} from "@lib/tracking";
import { compareWithRecorded } from "./compare_with_recorded.ts";
import { showComparisons, showResults, showTracking, stepProgress } from "./show.ts";

const { values } = parseArgs({ options: { study: { type: "string" }, bars: { type: "string" } } });
const started = performance.now();
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => stop.abort());

const studies = await readStudies(repositoryPath("experiments"), values.study?.split(","));
const ownBars = values.bars === undefined ? undefined : resolve(values.bars);
if (ownBars !== undefined) await Deno.stat(ownBars);

// The server takes as long to start as a notebook takes to load its data, and a study is recorded while others run.
const server = startMlflowServer({ storeFolder: mlflowStoreFolder }).catch((error: Error) => error);
const recording: Promise<RecordOutcome[]>[] = [];
try {
  const steps = await runStudies(studies, {
    root: repositoryPath(),
    runsFolder: ownBars === undefined ? "experiments/runs" : "experiments/runs/own_bars",
    overrides: ownBars === undefined ? {} : { market: ownBars, firstTestDay: "" },
    onProgress: stepProgress(),
    onStudyEnd: (ended) => {
      const recorded = record(ended);
      recorded.catch(() => {}); // a failure is met where the results are shown, not in the middle of other studies
      recording.push(recorded);
    },
    signal: stop.signal,
  });
  showResults(steps);
  const comparisons = ownBars === undefined ? await compareWithRecorded(steps) : [];
  showComparisons(comparisons);
  showTracking((await Promise.all(recording)).flat());
  const seconds = (performance.now() - started) / 1000;
  console.log(`\n${seconds.toFixed(0)} s. Pages: ${dirname(dirname(steps[0].folder))}/<study>/<step>/notebook.html`);
  const failed = steps.some(({ status }) => status !== "ok");
  const differs = comparisons.some(({ state }) => state === "differs" || state === "missing" || state === "new");
  Deno.exitCode = stop.signal.aborted ? 130 : failed || differs ? 1 : 0;
} finally {
  const running = await server;
  if (!(running instanceof Error)) await running.stop();
}
Deno.exit();

async function record(steps: readonly StepRun[]): Promise<RecordOutcome[]> {
  const running = await server;
  const client = running instanceof Error
    ? new MlflowClient("http://127.0.0.1:9", { retries: 0 }) // nobody listens there: everything is kept on disk
    : new MlflowClient(running.trackingUri);
  const records = runRecords(steps, { root: repositoryPath(), provenance: await provenance() });
  return await recordRuns(records, { client, spoolFolder: mlflowSpoolFolder });
}
