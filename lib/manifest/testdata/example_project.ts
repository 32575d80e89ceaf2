import { dirname, join } from "node:path";
import { CodeGraph } from "@lib/code";
import { sha256 } from "@lib/core";
import type { RunFile } from "@lib/notebook";
import { formatNotebook, type Notebook } from "@lib/runner";
import type { WriteManifestOptions } from "../manifest_file.ts";
import { readSources } from "../read_sources.ts";

const runner = { status: "ok", startedAt: "2026-01-02T03:04:05.000Z", seconds: 0.5 };
const cell = (id: string, source: string, text = "", tags?: string[]): Notebook["cells"][number] => ({
  cell_type: "code",
  id,
  metadata: { ...(tags ? { tags } : {}), runner },
  source,
  outputs: text === "" ? [] : [{ output_type: "stream", name: "stdout", text }],
  execution_count: 1,
});
const notebook = (cells: Notebook["cells"]): string =>
  formatNotebook({ cells, metadata: { runner }, nbformat: 4, nbformat_minor: 5 });
const cells = [
  cell("a", `import { double } from "@lib/core";`),
  cell("b", "let value = 1;", "", ["parameters"]),
  cell("c", "double(value)", "2\n"),
];
const injected = cell("i", "value = 4;", "", ["injected-parameters"]);
const prices = "date,close\n";

/** Folder of the run of {@linkcode inExampleProject}, from its root. */
export const RUN_FOLDER = "runs/demo/one";

/** What the run left. */
export const exampleRun: RunFile = {
  format: 1,
  parameters: { value: 4, outputFolder: RUN_FOLDER },
  metrics: { score: 8 },
  series: {},
  tags: { engine: "lightgbm 4.7.0 native, ridge typescript" },
  datasets: [{ name: "bars", digest: "d", rows: 1, source: "" }],
  artifacts: [{ path: "tables/doubled.csv", kind: "table", bytes: 4, sha256: sha256("a\n1\n") }],
  steps: [{
    name: "fit",
    key: "k",
    output: "o",
    inputs: { rows: "r" },
    code: ["lib/double.ts"],
    outcome: "computed",
    seconds: 1,
  }],
  children: {},
};

const files: Record<string, string> = {
  "deno.json": `{ "imports": { "@lib/core": "./lib/mod.ts" } }`,
  "lib/mod.ts": `export * from "./double.ts"; export * from "./unused.ts";`,
  "lib/double.ts": `export const source = "bars-1.0/prices.csv";\nexport const double = (x: number) => 2 * x;\n`,
  "lib/unused.ts": "export const unused = 1;",
  "data/raw/manifest.json": JSON.stringify({
    files: [{ path: "bars-1.0/prices.csv", bytes: prices.length, sha256: sha256(prices) }],
  }),
  "data/raw/bars-1.0/prices.csv": prices,
  "notebooks/n.ipynb": notebook(cells),
  [`${RUN_FOLDER}/notebook.ipynb`]: notebook([...cells.slice(0, 2), injected, cells[2]]),
  [`${RUN_FOLDER}/run.json`]: JSON.stringify(exampleRun),
  [`${RUN_FOLDER}/tables/doubled.csv`]: "a\n1\n",
};

/** Calls a test with the root of a small project in which a notebook has just been run, without its manifest. */
export async function inExampleProject(test: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(root, path)), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
    await test(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** What there is to write a manifest of that run from. */
export async function exampleOptions(root: string): Promise<WriteManifestOptions> {
  return {
    root,
    run: exampleRun,
    sources: await readSources("notebooks/n.ipynb", new CodeGraph(root)),
    parameters: exampleRun.parameters as WriteManifestOptions["parameters"],
    machine: { cpu: "one", timeZone: "UTC" },
    repository: { commit: "c0ffee", tree: "clean" },
  };
}
