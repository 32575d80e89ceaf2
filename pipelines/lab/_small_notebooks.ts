import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { syntheticMarket } from "@lib/data";
import { injectParameters, type ParameterValue, readNotebook, writeNotebook } from "@lib/runner";

const COLUMNS = ["open", "high", "low", "close", "volume"];
const DAYS = 600;
const DAYS_LEARNT = 300; // what remains is more than the window of the chart of rank IC over time

/**
 * Copies of the workspace's notebooks in `folder`, for a test, that compute on small markets of random prices and leave
 * their results in `folder` too. Paths of the copies, in the order in which they must run.
 */
export async function writeSmallNotebooks(folder: string): Promise<string[]> {
  const few = join(folder, "few");
  const many = join(folder, "many"); // enough for deciles of each day, and for leaves of 500 rows
  const firstTestDay = await writeMarket(few, 4);
  await writeMarket(many, 20);
  const outputFolder = (step: string) => join(folder, "runs", step);
  const parameters: Record<string, Record<string, ParameterValue>> = {
    "00_tour.ipynb": { market: few, firstTestDay, outputFolder: outputFolder("tour") },
    "40_models.ipynb": { market: many, firstTestDay, rounds: 10, outputFolder: outputFolder("models") },
    "60_portfolio.ipynb": { market: many, forecastSteps: "models", factors: 2, outputFolder: outputFolder("book") },
    "80_in_sample_trap.ipynb": { market: few, firstTestDay, rounds: 5, outputFolder: outputFolder("trap") },
  };
  for (const [name, values] of Object.entries(parameters)) {
    const notebook = await readNotebook(repositoryPath("notebooks", name));
    await writeNotebook(join(folder, name), injectParameters(notebook, values));
  }
  return Object.keys(parameters);
}

/** One CSV file per symbol; the first day after what is learnt. */
async function writeMarket(folder: string, symbols: number): Promise<string> {
  const { panel } = syntheticMarket({ seed: 1, symbols, days: DAYS });
  await mkdir(folder, { recursive: true });
  const columns = COLUMNS.map((name) => panel.column(name));
  for (const [symbol, name] of panel.symbols.entries()) {
    const lines = [`date,${COLUMNS}`];
    for (let row = 0; row < panel.rows; row++) {
      if (panel.symbolOf[row] !== symbol) continue;
      lines.push([panel.dates[panel.dayOf[row]], ...columns.map((column) => column[row])].join());
    }
    await Deno.writeTextFile(join(folder, `${name}.csv`), `${lines.join("\n")}\n`);
  }
  return panel.dates[DAYS_LEARNT];
}
