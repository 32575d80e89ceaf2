import { sha256, stableJson } from "@lib/core";
import type { RunFile } from "@lib/notebook";
import type { CellOutput, Notebook, ParameterValue } from "@lib/runner";
import type { Manifest, ManifestCell, ManifestStep } from "./manifest.ts";
import { authoredCells, type Sources } from "./read_sources.ts";

/** What {@linkcode runManifest} puts together. */
export interface RunManifestInput {
  /** Root of the repository; it is written as `.` where a cell shows it. */
  root: string;
  /** What was behind the notebook when the run began. */
  sources: Sources;
  /** The executed notebook. */
  executed: Notebook;
  /** What the run left; undefined where it failed. */
  run?: RunFile;
  /** Values of all parameters, defaults included. */
  parameters: Readonly<Record<string, ParameterValue>>;
  /** SHA-256 of each file from steps before. Default: none. */
  upstream?: Record<string, string>;
  /** As `describeMachine` gives it, when the run began. */
  machine: Record<string, string>;
  /** State of the repository when the run began. */
  repository: Record<string, string>;
}

/**
 * The manifest of a run that has ended.
 *
 * @throws {Error} If the notebook that was executed is not the one that was read before.
 */
export function runManifest(
  { sources, executed, run, parameters, upstream = {}, machine, repository, root }: RunManifestInput,
): Manifest {
  const { outputFolder: _, ...settings } = parameters;
  const { notebook, code, packages, locks } = sources;
  return {
    notebook,
    cells: authoredCells(executed).map((cell, place): ManifestCell => {
      const source = sha256(cell.source);
      if (sources.cells[place]?.source !== source) {
        throw new Error(`Cannot say what made the run: ${notebook} must stay as it is, cell ${cell.id} has changed`);
      }
      return { id: cell.id, source, outputs: outputsHash(cell.outputs, root) };
    }),
    steps: keptSteps(run),
    code,
    packages,
    locks,
    data: Object.fromEntries((run?.datasets ?? []).map(({ name, digest }) => [name, digest])),
    upstream,
    parameters: settings,
    engines: {
      deno: Deno.version.deno,
      v8: Deno.version.v8,
      typescript: Deno.version.typescript,
      ...enginesNamed(run?.tags.engine ?? ""),
    },
    machine,
    repository,
  };
}

/**
 * Hash of what a cell showed, without what may change from run to run: execution counts, and the folder of the
 * repository.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const shown = (text: string) => [{ output_type: "stream", name: "stdout", text } as const];
 * assert.equal(outputsHash(shown("in /a/b/lib"), "/a/b"), outputsHash(shown("in /c/lib"), "/c"));
 * ```
 */
export function outputsHash(outputs: readonly CellOutput[], root: string): string {
  const lasting = outputs.map((output) =>
    output.output_type === "execute_result" ? { ...output, execution_count: null } : output
  );
  return sha256(stableJson(lasting).replaceAll(JSON.stringify(root).slice(1, -1), "."));
}

function keptSteps(run: RunFile | undefined): ManifestStep[] {
  return (run?.steps ?? []).map(({ name, key, output, inputs, code }) => ({ name, key, output, inputs, code }));
}

/** `lightgbm 4.7.0 native, ridge typescript` by name. */
function enginesNamed(engine: string): Record<string, string> {
  const parts = engine.split(", ").filter((part) => part.includes(" "));
  return Object.fromEntries(parts.map((part) => [part.slice(0, part.indexOf(" ")), part.slice(part.indexOf(" ") + 1)]));
}
