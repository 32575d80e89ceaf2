import { join, relative } from "node:path";
import { CodeGraph } from "@lib/code";
import type { RunFile } from "@lib/notebook";
import type { ParameterValue } from "@lib/runner";
import { provenance } from "@lib/tracking";
import { describeMachine } from "./describe_machine.ts";
import type { Manifest } from "./manifest.ts";
import { writeManifest } from "./manifest_file.ts";
import { readSources, type Sources } from "./read_sources.ts";

/** A run that has begun, and will leave its manifest. */
export interface BegunManifest {
  /** What is behind the notebook. */
  sources: Sources;
  /**
   * Writes the manifest into the folder of the run.
   *
   * @param run What it left; undefined where it failed.
   * @param before What the steps before it left, by the names of their folders.
   */
  write(
    folder: string,
    end: { parameters: Readonly<Record<string, ParameterValue>>; run?: RunFile; before?: Record<string, RunFile> },
  ): Promise<Manifest>;
}

/**
 * Writes the manifests of runs in a repository. What they are made by is read when a run begins, so that a manifest tells
 * of the run, whatever becomes of the code afterwards.
 */
export class StepManifests {
  readonly #root: string;
  readonly #machine: Record<string, string>;
  readonly #repository: Promise<Record<string, string>>;

  /**
   * @param root Root of the repository.
   * @param environment Variables of the runs beside those of this process.
   */
  constructor(root: string, environment?: Readonly<Record<string, string>>) {
    this.#root = root;
    this.#machine = describeMachine(environment);
    this.#repository = repositoryState(root);
  }

  /**
   * Reads what stands behind a notebook, just before it runs.
   *
   * @param path Of the notebook, under the root.
   * @throws {SyntaxError | Error} If the code behind it cannot be followed.
   */
  async begin(path: string): Promise<BegunManifest> {
    const sources = await readSources(relative(this.#root, path), new CodeGraph(this.#root));
    return { sources, write: (folder, end) => this.#write(folder, sources, end) };
  }

  async #write(folder: string, sources: Sources, end: Parameters<BegunManifest["write"]>[1]): Promise<Manifest> {
    const upstream = Object.entries(end.before ?? {}).flatMap(([step, { artifacts }]) =>
      // frames are all that another notebook can read
      artifacts.filter(({ kind }) => kind === "frame").map(({ path, sha256 }) => [join(step, path), sha256])
    );
    return await writeManifest(folder, {
      root: this.#root,
      sources,
      run: end.run,
      parameters: end.parameters,
      upstream: Object.fromEntries(upstream),
      machine: this.#machine,
      repository: await this.#repository,
    });
  }
}

async function repositoryState(root: string): Promise<Record<string, string>> {
  const tags = await provenance({ root });
  return { commit: tags["git.commit"], tree: tags["git.tree"] };
}
