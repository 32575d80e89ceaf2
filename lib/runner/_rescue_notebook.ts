import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Notebook, writeNotebook } from "./notebook_file.ts";

/**
 * Leaves a notebook that cannot be written to its place with the temporary files, where there may be room.
 *
 * @throws {Error} Always: with the cause, and where the notebook is.
 */
export async function rescueNotebook(executedPath: string, notebook: Notebook, cause: Error): Promise<never> {
  const wanted = `Cannot write the executed notebook ${executedPath}: there must be room, ${cause.message}`;
  let place: string;
  try {
    place = join(await Deno.makeTempDir({ prefix: "notebook-" }), basename(executedPath));
    await writeNotebook(place, notebook);
  } catch {
    throw new Error(`${wanted}; there is none in ${tmpdir()} either`, { cause });
  }
  throw new Error(`${wanted}; it was left at ${place}`, { cause });
}
