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
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { repositoryPath } from "@lib/core";
import { readStudies, runRecords, runStudies, type StepRun } from "@lib/study";
import { provenance, recordRuns, startMlflowServer } from "@lib/tracking";
import { chalk } from "zx";
import { compareWithRecorded } from "./compare_with_recorded.ts";
import { showComparisons, showResults, stepProgress } from "./show.ts";

const { values } = parseArgs({ options: { study: { type: "string" }, bars: { type: "string" } } });
const started = performance.now();
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => stop.abort());

const studies = await readStudies(repositoryPath("experiments"), values.study?.split(","));
const ownBars = values.bars === undefined ? undefined : resolve(values.bars);
if (ownBars !== undefined) await Deno.stat(ownBars);

// The server takes as long to start as a notebook takes to load its data: they start together.
const mlflowFolder = repositoryPath("experiments", "mlflow");
const server = startMlflowServer({ storeFolder: mlflowFolder }).catch((error: Error) => error);
try {
  const steps = await runStudies(studies, {
    root: repositoryPath(),
    runsFolder: ownBars === undefined ? "experiments/runs" : "experiments/runs/own_bars",
    overrides: ownBars === undefined ? {} : { market: ownBars, firstTestDay: "" },
    onProgress: stepProgress(),
    signal: stop.signal,
  });
  showResults(steps);
  const comparisons = ownBars === undefined ? await compareWithRecorded(steps) : [];
  showComparisons(comparisons);
  console.log(await track(steps));
  console.log(
    `\n${((performance.now() - started) / 1000).toFixed(0)} s. Pages: ${
      steps[0].folder.replace(/[^/]*\/[^/]*$/, "")
    }<study>/<step>/notebook.html`,
  );
  const failed = steps.some(({ status }) => status !== "ok");
  const differs = comparisons.some(({ state }) => state === "differs" || state === "missing" || state === "new");
  Deno.exitCode = stop.signal.aborted ? 130 : failed || differs ? 1 : 0;
} finally {
  const running = await server;
  if (!(running instanceof Error)) await running.stop();
}
Deno.exit();

async function track(steps: readonly StepRun[]): Promise<string> {
  const running = await server;
  const tags = await provenance();
  const records = studies.flatMap((study) =>
    runRecords(steps.filter((step) => step.study === study), { root: repositoryPath(), provenance: tags })
  );
  const outcomes = await recordRuns(records, {
    trackingUri: running instanceof Error ? "http://127.0.0.1:1" : running.trackingUri,
    spoolFolder: `${mlflowFolder}/spool`,
  });
  const kept = outcomes.filter(({ outcome }) => outcome === "recorded").length;
  const rest = outcomes.length - kept;
  const why = running instanceof Error ? running.message : outcomes.find((outcome) => "reason" in outcome)?.reason;
  return rest === 0 ? `\nMLflow: ${kept} runs recorded; make mlflow shows them.` : chalk.yellow(
    `\nMLflow: ${kept} runs recorded, ${rest} kept on disk until the next start of the server (${why}).`,
  );
}
