import { cpus } from "node:os";
import { join } from "node:path";
import { repositoryPath, sha256, sha256File } from "@lib/core";

/** Options of {@linkcode provenance}. */
export interface ProvenanceOptions {
  /** Folder to describe. Default: this repository. */
  root?: string;
  /** The command for git. Default `git`. */
  git?: string;
}

/**
 * Where a result comes from, as tags for its run: the commit, whether the tree differs from it and how (a hash of the
 * difference, untracked files included), hashes of the locks and of the library's sources, versions and machine. What
 * cannot be known is said in words, never left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const tags = await provenance();
 * assert.equal(tags["version.deno"], Deno.version.deno);
 * assert.match(tags["source.lib_sha256"], /^[0-9a-f]{64}$/);
 * ```
 */
export async function provenance(
  { root = repositoryPath(), git = "git" }: ProvenanceOptions = {},
): Promise<Record<string, string>> {
  const processors = cpus();
  return {
    ...await gitTags(root, git),
    "lock.deno_sha256": await fileHash(join(root, "deno.lock")),
    "lock.python_sha256": await fileHash(join(root, "pipelines", "setup", "python.lock")),
    "source.lib_sha256": await sourcesHash(join(root, "lib")),
    "version.deno": Deno.version.deno,
    "version.v8": Deno.version.v8,
    "version.typescript": Deno.version.typescript,
    "machine.os": `${Deno.build.os} ${Deno.osRelease()} ${Deno.build.arch}`,
    "machine.cpu": processors[0]?.model.trim() || "unknown: the system does not say",
    "machine.cpu_count": String(processors.length),
  };
}

async function gitTags(root: string, git: string): Promise<Record<string, string>> {
  try {
    const commit = (await gitOutput(git, root, ["rev-parse", "--verify", "HEAD"])).trim();
    const branch = (await gitOutput(git, root, ["rev-parse", "--abbrev-ref", "HEAD"])).trim();
    return {
      "git.commit": commit,
      "git.branch": branch === "HEAD" ? "none: detached head" : branch,
      "git.tree": await treeState(git, root),
      "mlflow.source.git.commit": commit, // where the UI looks for it
      "mlflow.source.type": "LOCAL",
    };
  } catch (error) {
    const unknown = `unknown: ${(error as Error).message}`.slice(0, 500);
    return { "git.commit": unknown, "git.branch": unknown, "git.tree": unknown, "mlflow.source.type": "LOCAL" };
  }
}

/** `clean`, or how many files differ from the commit and a hash of what they hold now. */
async function treeState(git: string, root: string): Promise<string> {
  const top = (await gitOutput(git, root, ["rev-parse", "--show-toplevel"])).trim();
  const changed = list(await gitOutput(git, top, ["diff", "HEAD", "--name-only", "-z", "--no-ext-diff"]));
  const untracked = list(await gitOutput(git, top, ["ls-files", "--others", "--exclude-standard", "-z"]));
  const files = [...new Set([...changed, ...untracked])].sort();
  if (files.length === 0) return "clean";
  const contents: string[] = [];
  for (const file of files) contents.push(`${file}\0${await fileHash(join(top, file))}\n`);
  return `dirty: ${files.length} files differ, sha256 ${sha256(contents.join(""))}`;
}

async function gitOutput(git: string, cwd: string, args: readonly string[]): Promise<string> {
  let output: Deno.CommandOutput;
  try {
    output = await new Deno.Command(git, { args: ["-C", cwd, ...args], stdin: "null", env: { LC_ALL: "C" } }).output();
  } catch (error) {
    throw error instanceof Deno.errors.NotFound ? new Error("git is not installed") : error;
  }
  if (output.success) return new TextDecoder().decode(output.stdout);
  const said = new TextDecoder().decode(output.stderr).trim().split("\n")[0];
  if (/not a git repository/i.test(said)) throw new Error("not inside a git repository");
  if (/needed a single revision/i.test(said)) throw new Error("the repository has no commit yet");
  throw new Error(`git says: ${said}`);
}

function list(output: string): string[] {
  return output.split("\0").filter((name) => name !== "");
}

/** Of what can change a result: sources and the data they carry, not their tests. */
async function sourcesHash(folder: string): Promise<string> {
  const lines: string[] = [];
  const walk = async (under: string) => {
    for await (const { name, isDirectory, isFile } of Deno.readDir(join(folder, under))) {
      const path = under === "" ? name : `${under}/${name}`;
      if (isDirectory && name !== "testdata" && name !== "bench") await walk(path);
      if (isFile && /\.(ts|py|json|wasm)$/.test(name) && !name.endsWith("_test.ts")) {
        lines.push(`${path}\0${await sha256File(join(folder, path))}\n`);
      }
    }
  };
  try {
    await walk("");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return "unknown: there is no lib folder";
  }
  return sha256(lines.sort().join(""));
}

async function fileHash(path: string): Promise<string> {
  try {
    return await sha256File(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "none: there is no such file";
    if (error instanceof Deno.errors.IsADirectory) return "none: it is a folder";
    throw error;
  }
}
