import { tmpdir } from "node:os";
import { join } from "node:path";

const KEPT_MS = 24 * 3600 * 1000;

/**
 * A folder for modules made of cells, the same each time: Deno remembers by path and content what it has checked.
 *
 * It lies with the temporary files, belongs to this user alone, and loses what was not used for a day.
 */
export async function cellsFolder(): Promise<string> {
  const folder = join(await Deno.realPath(tmpdir()), `notebook-cells-${Deno.uid() ?? "user"}`);
  await Deno.mkdir(folder, { mode: 0o700 }).catch((error) => {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  });
  const { isDirectory, uid, mode } = await Deno.lstat(folder);
  const isOurs = isDirectory && uid === Deno.uid() && ((mode ?? 0) & 0o022) === 0;
  if (!isOurs) throw new Error(`Cannot check cells: ${folder} must be a folder that only this user can write to`);
  for await (const { name } of Deno.readDir(folder)) {
    const path = join(folder, name);
    const written = (await Deno.stat(path).catch(() => undefined))?.mtime; // another process may have removed it
    if (written && Date.now() - written.getTime() > KEPT_MS) await Deno.remove(path).catch(() => {});
  }
  return folder;
}
