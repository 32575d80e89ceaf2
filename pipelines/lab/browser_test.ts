// deno-lint-ignore-file no-explicit-any -- JupyterLab's own objects, as they are within the page
import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { type Browser, chromium, type Page } from "playwright-core";
import { OpenLab } from "./_open_lab.ts";
import { writeSmallNotebooks } from "./_small_notebooks.ts";

/** What JupyterLab holds of a code cell. */
interface ShownCell {
  source: string;
  executionCount: number | null;
  outputs: { output_type: string; evalue?: string; data?: Record<string, unknown> }[];
}

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(exists);
const WAIT_MS = 60_000;
const INTERRUPT = 'jp-button[data-command="notebook:interrupt-kernel"], [data-command="notebook:interrupt-kernel"]';

Deno.test({
  name: `JupyterLab in a browser runs each notebook, draws its figures, stops, and restarts${
    CHROMIUM === undefined ? " (skipped: there is no Chromium; apt-get install chromium)" : ""
  }`,
  ignore: CHROMIUM === undefined,
  fn: async (test) => {
    const folder = await Deno.makeTempDir({ dir: repositoryPath(".tools"), prefix: "lab-test-" });
    let browser: Browser | undefined;
    try {
      const notebooks = await writeSmallNotebooks(folder);
      await using lab = await OpenLab.start(folder);
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: ["--no-sandbox"],
        env: { ...Deno.env.toObject(), HOME: join(folder, "home") }, // it leaves settings and reports there
      });
      const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
      page.setDefaultTimeout(WAIT_MS);
      for (const name of notebooks) {
        await test.step(name, async () => {
          await open(page, lab, name);
          await run(page, "notebook:run-all-cells");
          const cells = await shownCells(page);
          assert.deepEqual(
            cells.flatMap(({ outputs }) => outputs.filter((output) => output.output_type === "error")),
            [],
          );
          assert.deepEqual(cells.filter(({ executionCount }) => executionCount === null), []);
          const figures = cells.flatMap(({ outputs }) =>
            outputs.filter(({ data }) => data && "application/vnd.plotly.v1+json" in data)
          );
          assert.ok(figures.length > 0);
          await sawInteractiveFigures(page, figures.length);
        });
      }
      await test.step("restart and run again", async () => {
        const before = await shownCells(page);
        const restarted = run(page, "notebook:restart-run-all");
        await page.locator(".jp-Dialog-button.jp-mod-accept").click();
        await restarted;
        assert.deepEqual(await shownCells(page), before);
      });
      await test.step("stop in a loop and in an await; variables are still there", async () => {
        await Deno.writeTextFile(
          join(folder, "stop.ipynb"),
          notebookOf(["let kept = 41;", "while (true);", "await new Promise(() => {});", "kept + 1"]),
        );
        await open(page, lab, "stop.ipynb");
        await runCell(page, 0);
        for (const cell of [1, 2]) {
          const stopped = runCell(page, cell);
          await page.locator(".jp-Notebook-ExecutionIndicator[data-status=busy]").first().waitFor();
          await page.locator(INTERRUPT).first().click();
          await stopped;
          assert.match((await shownCells(page))[cell].outputs[0].evalue ?? "", /the cell was stopped/);
        }
        await runCell(page, 3);
        assert.match(String((await shownCells(page))[3].outputs[0].data?.["text/plain"]), /42/);
      });
    } finally {
      await browser?.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function open(page: Page, lab: OpenLab, name: string): Promise<void> {
  await page.goto(`http://${lab.host}/lab/tree/${name}?token=${lab.token}&reset`);
  await page.waitForFunction((name) => {
    const widget = (globalThis as any).jupyterapp?.shell?.currentWidget;
    return widget?.context?.path === name && widget.context.isReady &&
      widget.sessionContext.session?.kernel?.status === "idle";
  }, name);
}

async function run(page: Page, command: string): Promise<void> {
  await page.evaluate(async (command) => void await (globalThis as any).jupyterapp.commands.execute(command), command);
}

async function runCell(page: Page, cell: number): Promise<void> {
  await page.evaluate(
    (cell) => (globalThis as any).jupyterapp.shell.currentWidget.content.activeCellIndex = cell,
    cell,
  );
  await run(page, "notebook:run-cell");
}

async function shownCells(page: Page): Promise<ShownCell[]> {
  const text = await page.evaluate(() => {
    const { cells } = (globalThis as any).jupyterapp.shell.currentWidget.content.model.toJSON();
    return JSON.stringify(cells.filter((cell: any) => cell.cell_type === "code"));
  });
  return JSON.parse(text).map((cell: any) => ({
    source: cell.source,
    executionCount: cell.execution_count,
    // the picture of a figure is drawn by the page, some time after
    outputs: cell.outputs.map((output: ShownCell["outputs"][number]) => {
      const { "image/png": _drawn, ...data } = output.data ?? {};
      return { ...output, data };
    }),
  }));
}

/** Each figure has axes, and the mouse over one of them brings up a value. */
async function sawInteractiveFigures(page: Page, count: number): Promise<void> {
  const figures = page.locator(".js-plotly-plot:has(.main-svg)");
  await figures.nth(count - 1).waitFor({ state: "attached" });
  assert.equal(await figures.count(), count);
  const figure = figures.first();
  await figure.scrollIntoViewIfNeeded();
  const box = (await figure.locator(".nsewdrag").first().boundingBox())!;
  const hovered = figure.locator(".hoverlayer .hovertext, .hoverlayer .legend");
  for (let step = 0; step < 400 && await hovered.count() === 0; step++) {
    const [x, y] = [(step % 20 + 0.5) / 20, (Math.floor(step / 20) + 0.5) / 20];
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  }
  assert.ok(await hovered.count() > 0, "the mouse over the figure brought up nothing");
}

function notebookOf(sources: readonly string[]): string {
  const cells = sources.map((source, cell) => ({
    cell_type: "code",
    id: `cell-${cell}`,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  const kernelspec = { display_name: "Deno", language: "typescript", name: "deno" };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
