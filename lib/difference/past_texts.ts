/** Texts of files as they once were, as far as they are known. */
export interface PastTexts {
  /** The content with this id in git. */
  ofBlob(id: string): Promise<string | undefined>;
  /** The contents that a file had, the newest first. */
  ofFile(path: string): AsyncIterable<string>;
}

/** So many versions of a file are looked at. */
const MOST_VERSIONS = 100;

/**
 * The past as a repository knows it. Where git or the repository is missing, nothing is known.
 *
 * @param root Folder that paths count from.
 */
export function gitTexts(root: string): PastTexts {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const command = new Deno.Command("git", { args: ["-C", root, ...args], stdin: "null", stderr: "null" });
    const output = await command.output().catch(() => undefined);
    return output?.success ? new TextDecoder().decode(output.stdout) : undefined;
  };
  return {
    ofBlob: (id) => git("cat-file", "blob", id),
    async *ofFile(path) {
      const commits = await git("log", `--max-count=${MOST_VERSIONS}`, "--format=%H", "--", path);
      for (const commit of commits?.split("\n").filter((line) => line !== "") ?? []) {
        const text = await git("cat-file", "blob", `${commit}:./${path}`);
        if (text !== undefined) yield text;
      }
    },
  };
}
