import { repositoryPath, sha256 } from "@lib/core";

const digests = new Map<string, Promise<string>>();

/**
 * SHA-256 over the files of ours behind an exported function, each by its path and its id in git: what the code was
 * when this process first asked.
 *
 * @throws {RangeError} If no front door exports the name.
 */
export function codeDigest(name: string): Promise<string> {
  const known = digests.get(name);
  if (known !== undefined) return known;
  const digest = computeDigest(name);
  digests.set(name, digest);
  return digest;
}

async function computeDigest(name: string): Promise<string> {
  const { CodeGraph } = await import("@lib/code"); // brings a parser, which only a model that is saved needs
  const graph = new CodeGraph(repositoryPath());
  const { files } = graph.behindNames([name]);
  return sha256(files.map((file) => `${graph.blob(file)} ${file}\n`).join(""));
}
