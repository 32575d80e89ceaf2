import { join } from "node:path";
import { frameToPanel, type Panel } from "@lib/core";
import pl from "nodejs-polars";
import { readRun } from "./read_run.ts";
import { runFolder } from "./run.ts";

/**
 * Reads the frame `name` that another run left, keyed by symbol and date, as a panel.
 *
 * The run must be whole, and its files what it wrote.
 *
 * @param folder Of the run; a relative one counts from the root of the repository.
 * @throws {Deno.errors.NotFound} If there is no such run, or it has no such frame.
 */
export async function readFrame(folder: string, name: string): Promise<Panel> {
  const path = `frames/${name}.parquet`;
  const { artifacts } = await readRun(folder);
  if (!artifacts.some((artifact) => artifact.path === path)) {
    throw new Deno.errors.NotFound(
      `Cannot read a frame: name must be one that the run in ${folder} left, current value is ${name}`,
    );
  }
  return frameToPanel(pl.readParquet(join(runFolder(folder), path)));
}
