import { basename, isAbsolute, relative, sep } from "node:path";
import { repositoryPath } from "@lib/core";
import type { TrialSource } from "@lib/f4";
import type { DatasetRecord, ParameterValue } from "./run_file.ts";

/** Where the kernel was told which notebook it runs, by Jupyter's server or by the runner. */
const NOTEBOOK_VARIABLE = "JPY_SESSION_NAME";

/** What the ledger of trials says of a run: its notebook, what it was run with, and its data. Holds no path of a machine. */
export function trialSource(
  { folder, parameters, datasets }: {
    folder: string;
    parameters: Readonly<Record<string, ParameterValue>>;
    datasets: readonly DatasetRecord[];
  },
): TrialSource {
  const [, study, step] = /^experiments\/runs\/([^/]+)\/([^/]+)$/.exec(inRepository(folder)) ?? [];
  const settings = Object.entries(parameters).filter(([name]) => name !== "outputFolder");
  return {
    source: inRepository(Deno.env.get(NOTEBOOK_VARIABLE) ?? "a program"),
    ...study === undefined || study === "scratch" ? {} : { study, step },
    parameters: Object.fromEntries(settings.map(([name, value]) => [name, scalar(value)])),
    data: datasets.map(({ name, digest }) => ({ name, digest })),
  };
}

/** A path from the root of the repository; of one outside only its last part. */
function inRepository(path: string): string {
  if (!isAbsolute(path)) return path;
  const inside = relative(repositoryPath(), path).split(sep).join("/");
  return inside.startsWith("..") || isAbsolute(inside) ? basename(path) : inside;
}

function scalar(value: ParameterValue): string | number | boolean {
  if (typeof value === "string") return inRepository(value);
  return typeof value === "number" || typeof value === "boolean" ? value : JSON.stringify(value);
}
