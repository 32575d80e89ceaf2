import { dirname, join } from "node:path";
import type { Transport } from "./_transport.ts";
import type { Artifact } from "./mlflow_types.ts";

const proxy = "api/2.0/mlflow-artifacts/artifacts";

export async function uploadArtifact(
  transport: Transport,
  artifactUri: string,
  file: string,
  artifactPath: string,
): Promise<void> {
  const address = proxyAddress(artifactUri, artifactPath);
  const { isFile } = await Deno.stat(file);
  if (!isFile) throw new TypeError(`Cannot upload an artifact: ${file} must be a file, current one is none`);
  await transport.put(`upload artifact ${artifactPath}`, address, async () => (await Deno.open(file)).readable);
}

/** Uploads every file below a folder, in order of their names. */
export async function uploadArtifacts(
  transport: Transport,
  artifactUri: string,
  folder: string,
  artifactPath: string,
): Promise<void> {
  for (const path of await filesBelow(folder)) {
    await uploadArtifact(transport, artifactUri, join(folder, path), join(artifactPath, path));
  }
}

/** Paths of all files below a folder, relative to it and sorted, so that two walks agree. */
export async function filesBelow(folder: string, under = ""): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(folder, under))) {
    const path = under === "" ? name : `${under}/${name}`;
    if (isDirectory) paths.push(...await filesBelow(folder, path));
    else paths.push(path);
  }
  return paths.sort();
}

/** Writes beside the destination first: whoever looks sees no half file. */
export async function downloadArtifact(
  transport: Transport,
  artifactUri: string,
  artifactPath: string,
  destination: string,
): Promise<void> {
  const address = proxyAddress(artifactUri, artifactPath);
  await Deno.mkdir(dirname(destination), { recursive: true });
  const temporary = `${destination}.${crypto.randomUUID()}.part`;
  try {
    await transport.download(`download artifact ${artifactPath}`, address, async ({ body }) => {
      const file = await Deno.open(temporary, { write: true, create: true, truncate: true });
      if (body) await body.pipeTo(file.writable);
      else file.close();
    });
    await Deno.rename(temporary, destination);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

export async function listArtifacts(
  transport: Transport,
  runId: string,
  { path, recursive = false }: { path?: string; recursive?: boolean },
): Promise<Artifact[]> {
  const artifacts: Artifact[] = [];
  let pageToken: string | undefined;
  do {
    const answer = await transport.get<{
      files?: { path: string; is_dir?: boolean; file_size?: number | string }[];
      next_page_token?: string;
    }>(`list artifacts of run ${runId}`, "artifacts/list", { run_id: runId, path, page_token: pageToken });
    for (const { path, is_dir: isFolder = false, file_size } of answer.files ?? []) {
      artifacts.push({ path, isFolder, ...(isFolder ? {} : { bytes: Number(file_size ?? 0) }) });
    }
    pageToken = answer.next_page_token || undefined;
  } while (pageToken);
  if (recursive) {
    const folders = artifacts.filter(({ isFolder }) => isFolder);
    for (const folder of folders) {
      artifacts.push(...await listArtifacts(transport, runId, { path: folder.path, recursive }));
    }
  }
  return artifacts;
}

function proxyAddress(artifactUri: string, artifactPath: string): string {
  const root = /^mlflow-artifacts:\/+(?<path>.+)$/.exec(artifactUri)?.groups?.path;
  if (root === undefined) {
    throw new TypeError(
      `Cannot reach artifacts: the server must keep them behind its proxy (mlflow-artifacts:/...), ` +
        `current address is ${artifactUri}`,
    );
  }
  checkArtifactPath(artifactPath);
  return [proxy, ...root.split("/"), ...artifactPath.split("/").map(encodeURIComponent)].join("/");
}

/**
 * Refuses a path that is no plain way down from the run's folder, or one in which the server would read signs of an
 * address (it decodes `%41` to `A` and takes `ab:` for a scheme, so a file would land under another name).
 *
 * @throws {RangeError} If `path` is such a path.
 */
export function checkArtifactPath(path: string): void {
  const parts = path.split("/");
  const moves = parts.some((part) => part === "" || part === "." || part === "..");
  // deno-lint-ignore no-control-regex
  if (!moves && !/[\\#%\x00-\x1f\x7f]/.test(path) && !/^[a-z][a-z0-9+.-]*:/i.test(path)) return;
  throw new RangeError(
    `Cannot reach an artifact: its path must be relative, with no empty, . or .. part, none of \\ # %, no control character ` +
      `and no colon in front, current value is ${JSON.stringify(path)}`,
  );
}
