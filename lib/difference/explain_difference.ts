import type { CodeGraph } from "@lib/code";
import type { Manifest, ManifestStep } from "@lib/manifest";
import {
  type ChangeKind,
  type ManifestChange,
  manifestChanges,
  type ManifestChangesOptions,
} from "./manifest_changes.ts";
import { type NotebookReach, notebookReach } from "./_notebook_reach.ts";

/** Why artifacts differ from the recorded ones. */
export interface Cause {
  /** `unknown` where nothing that a manifest names has changed. */
  kind: ChangeKind | "unknown";
  /** Of what has changed, see {@linkcode ManifestChange}; empty where that is not known. */
  name: string;
  /** One sentence for a reader, without a full stop. */
  sentence: string;
  /** Those of the differing artifacts that it can have a part in. */
  artifacts: string[];
}

/** What can be said of a run that left other artifacts than the recorded one. */
export interface Explanation {
  /** The earliest step or cell that gave something else, such as `step "forecasts" in code cell 5`. */
  earliest?: string;
  /** The likeliest first. */
  causes: Cause[];
}

/** Options of {@linkcode explainDifference}. */
export interface ExplainDifferenceOptions extends ManifestChangesOptions {
  /** The artifacts that differ; `metrics` stands for what the run measured. */
  differing: readonly string[];
  /** Sources of the code cells as they were run. Default: unknown, then every change can have a part in every artifact. */
  sources?: readonly string[];
  /** The code as it is. Needed with `sources`. */
  graph?: CodeGraph;
}

/**
 * Explains why a run left other artifacts than the recorded one, by what has changed between their manifests.
 *
 * A change counts as a cause of an artifact if it can have a part in it: cells up to the one that saves it, the code
 * that these use, and whatever the whole run rests on. The changes that the earliest differing step rests on come first;
 * where its key is the recorded one, none of those that the key covers can be the cause of what it gave. The processor
 * and other circumstances come last: results are made not to depend on them.
 */
export async function explainDifference(
  actual: Manifest,
  recorded: Manifest,
  options: ExplainDifferenceOptions,
): Promise<Explanation> {
  const { differing, sources, graph } = options;
  const changes = await manifestChanges(actual, recorded, options);
  const reachOf = sources && graph ? reaches(sources, actual.notebook, graph) : () => undefined;
  const whole = reachOf("the whole notebook");
  const step = earliestStep(actual, recorded);
  const causes = changes.map((change) => ({
    ...change,
    artifacts: differing.filter((artifact) => canReach(change, reachOf(artifact), { actual, recorded, whole })),
    place: likelihood(change, step),
  })).filter(({ artifacts }) => artifacts.length > 0).toSorted((a, b) => a.place - b.place);
  const isUnknown = causes.length === 0 || (hasSameKey(step) && !causes.some(({ kind }) => isCircumstance(kind)));
  return {
    earliest: earliestPlace(actual, recorded, step, sources),
    causes: [
      ...isUnknown ? [unknownCause(differing, step)] : [],
      ...causes.map(({ kind, name, sentence, artifacts }) => ({ kind, name, sentence, artifacts })),
    ],
  };
}

/** Whether it is none of what the key of a step covers: code, inputs, locks. */
function isCircumstance(kind: ChangeKind): boolean {
  return kind === "engine" || kind === "machine";
}

/**
 * Follows causes through the steps of a study: where a step differs because it read another file of a step before it,
 * the likeliest cause of that one is named too.
 *
 * @param explanations By step, in the order of the study.
 */
export function traceUpstream(explanations: Readonly<Record<string, Explanation>>): Record<string, Explanation> {
  const traced: Record<string, Explanation> = {};
  for (const [step, { earliest, causes }] of Object.entries(explanations)) {
    const follow = (cause: Cause): Cause => {
      const [first] = cause.kind === "upstream" ? traced[cause.name.split("/")[0]]?.causes ?? [] : [];
      return first === undefined ? cause : { ...cause, sentence: `${cause.sentence}; there, ${first.sentence}` };
    };
    traced[step] = { earliest, causes: causes.map(follow) };
  }
  return traced;
}

function unknownCause(differing: readonly string[], step: DifferingStep | undefined): Cause {
  const from = hasSameKey(step) ? `, and step "${step!.name}" gave another result from the same key` : "";
  return {
    kind: "unknown",
    name: "",
    sentence: "nothing that a manifest names has changed that could do it" + from +
      ": the result is not deterministic, or rests on something that no manifest names",
    artifacts: [...differing],
  };
}

function reaches(
  sources: readonly string[],
  notebook: string,
  graph: CodeGraph,
): (artifact: string) => NotebookReach | undefined {
  try {
    const reach = notebookReach(sources, notebook, graph);
    return (artifact) => {
      try {
        return reach(artifact);
      } catch {
        return undefined; // code that has gone since
      }
    };
  } catch {
    return () => undefined;
  }
}

interface Context {
  actual: Manifest;
  recorded: Manifest;
  /** What the whole notebook reaches. */
  whole: NotebookReach | undefined;
}

/** Whether a change can have a part in what is saved within this reach; of what is not known, it can. */
function canReach(
  { kind, name }: ManifestChange,
  reach: NotebookReach | undefined,
  { actual, recorded, whole }: Context,
): boolean {
  if (reach === undefined || whole === undefined) return true;
  if (kind === "code" && whole.behind.files.includes(name)) return reach.behind.files.includes(name);
  // a package that only others need can work through any of them
  if (kind === "package" && name in whole.behind.packages) return name in reach.behind.packages;
  if (kind !== "cell") return true;
  const { cells } = actual.cells.some(({ id }) => id === name) ? actual : recorded;
  return cells.findIndex(({ id }) => id === name) < reach.cells;
}

/** A step of the notebook whose result is not the recorded one. */
interface DifferingStep extends ManifestStep {
  recorded: ManifestStep;
  /** Names of the inputs that were others. */
  changedInputs: string[];
}

/** Whether it gave something else from the same code, inputs and locks. */
function hasSameKey(step: DifferingStep | undefined): boolean {
  return step !== undefined && step.key === step.recorded.key;
}

function earliestStep(actual: Manifest, recorded: Manifest): DifferingStep | undefined {
  for (const step of actual.steps) {
    const before = recorded.steps.find(({ name }) => name === step.name);
    if (before === undefined || before.output === step.output) continue;
    const changedInputs = Object.keys(step.inputs).filter((name) => step.inputs[name] !== before.inputs[name]);
    return { ...step, recorded: before, changedInputs };
  }
  return undefined;
}

/** Order of likelihood, the smaller the likelier. */
function likelihood({ kind, name }: ManifestChange, step: DifferingStep | undefined): number {
  const order: ChangeKind[] = ["parameter", "data", "upstream", "code", "cell", "package", "lock", "engine", "machine"];
  const usual = order.indexOf(kind);
  const later = usual + order.length;
  if (step === undefined || isCircumstance(kind)) return usual;
  if (hasSameKey(step)) return later;
  if (kind === "code" && (step.code.includes(name) || step.recorded.code.includes(name))) return -1;
  if (kind === "parameter" && step.changedInputs.includes(name)) return -1;
  const isInput = kind === "parameter" || kind === "data" || kind === "upstream" || kind === "code";
  return isInput && step.changedInputs.length === 0 ? later : usual;
}

function earliestPlace(
  actual: Manifest,
  recorded: Manifest,
  step: DifferingStep | undefined,
  sources: readonly string[] = [],
): string | undefined {
  const before = new Map(recorded.cells.map(({ id, outputs }) => [id, outputs]));
  const cell = actual.cells.findIndex(({ id, outputs }) => before.has(id) && before.get(id) !== outputs) + 1;
  const stepCell = step === undefined ? 0 : sources.findIndex((source) => takesStep(source, step.name)) + 1;
  if (step !== undefined && (stepCell === 0 || cell === 0 || stepCell <= cell)) {
    const inputs = step.changedInputs.length === 0 ? "" : `, which got another ${step.changedInputs.join(", ")}`;
    return `step "${step.name}"${stepCell > 0 ? ` in code cell ${stepCell}` : ""}${inputs}`;
  }
  return cell > 0 ? `code cell ${cell}` : undefined;
}

/** Whether the code has the call that takes a step: one of its own, or the one of several that share a beginning. */
function takesStep(source: string, name: string): boolean {
  const calls = (method: string, text: string) =>
    new RegExp(`\\.${method}\\(\\s*(["'\`])${RegExp.escape(text)}\\1`).test(source);
  const ends = Array.from(name.matchAll(/\//g), ({ index }) => index);
  return calls("step", name) || ends.some((end) => calls("stepEach", name.slice(0, end)));
}
