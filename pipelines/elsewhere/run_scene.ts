import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import type { RunHereAnswer, RunHereRequest } from "./run_here.ts";
import type { Scene } from "./scene.ts";

/** What {@linkcode runScene} runs. */
export interface SceneTask {
  /** Path of the notebook from the root of the repository. */
  notebook: string;
  parameters: Readonly<Record<string, string | number | boolean>>;
  /** Empty folder for what the run leaves. */
  outputFolder: string;
  signal?: AbortSignal;
}

/** How a scene went: with the digests of what it left, or why there is none. */
export type SceneResult =
  | { scene: Scene; seconds: number; digests: Record<string, string> }
  | { scene: Scene; seconds: number; problem: string };

/** Runs a notebook once more in other circumstances, in a process of its own, from the start: no step is taken over. */
export async function runScene(scene: Scene, task: SceneTask): Promise<SceneResult> {
  const start = performance.now();
  const ended = (rest: { digests: Record<string, string> } | { problem: string }): SceneResult => ({
    scene,
    seconds: (performance.now() - start) / 1000,
    ...rest,
  });
  const { root = repositoryPath(), umask, prefix = [] } = scene;
  const request: RunHereRequest = {
    notebook: join(root, task.notebook),
    parameters: { ...task.parameters, ...scene.parameters },
    outputFolder: task.outputFolder,
    workingFolder: scene.workingFolder ?? root,
    asProgram: scene.asProgram ?? false,
  };
  const program = [
    ...umask === undefined ? [] : ["sh", "-c", `umask ${umask}; exec "$@"`, "sh"],
    ...prefix,
    Deno.execPath(),
    ...["run", "-A", "--quiet", "--no-check", `--config=${join(root, "deno.json")}`],
    ...[join(root, "pipelines", "elsewhere", "run_here.ts"), JSON.stringify(request)],
  ];
  let done: Deno.CommandOutput;
  try {
    done = await new Deno.Command(program[0], {
      args: program.slice(1),
      cwd: root,
      clearEnv: true,
      env: environmentOf(scene),
      stdin: "null",
      signal: task.signal,
    }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return ended({ problem: `${program[0]} is not installed` });
  }
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (!done.success) return ended({ problem: text(done.stderr).split("\n").slice(0, 3).join(" ") || "it was stopped" });
  const { facts, digests }: RunHereAnswer = JSON.parse(text(done.stdout).split("\n").at(-1)!);
  if (scene.holds?.(facts) === false) return ended({ problem: `it found itself in ${JSON.stringify(facts)}` });
  return ended({ digests });
}

function environmentOf({ environment = {} }: Scene): Record<string, string> {
  const merged = { ...Deno.env.toObject(), LAB_ATTEMPT: crypto.randomUUID(), ...environment };
  return Object.fromEntries(
    Object.entries(merged).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]),
  );
}

/** Names of what two runs do not have in common, sorted; what cells show counts where both ran in a kernel. */
export function differences(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): string[] {
  const isCell = (name: string) => /^cell \d+$/.test(name);
  const [mine, theirs] = [one, other].map((digests) => Object.keys(digests).some(isCell));
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => one[name] !== other[name] && (!isCell(name) || (mine && theirs)))
    .sort();
}
