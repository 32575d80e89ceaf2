import assert from "node:assert/strict";
import { JSDOM } from "jsdom";
import { htmlPage } from "./html_page.ts";
import type { CellOutput, CodeCell, Notebook } from "./notebook_file.ts";

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const code = (source: string, outputs: CellOutput[] = [], metadata = {}): CodeCell => ({
  cell_type: "code",
  id: `c${source.length}`,
  metadata,
  source,
  outputs,
  execution_count: 1,
});
const markdown = (source: string, attachments = {}): Notebook["cells"][number] => ({
  cell_type: "markdown",
  id: "m",
  metadata: {},
  source,
  attachments,
});
const notebook = (...cells: Notebook["cells"]): Notebook => ({
  cells,
  metadata: {
    runner: { status: "ok", startedAt: "2026-01-02T03:04:05Z", seconds: 61, parameters: { days: 5, note: "<i>" } },
  },
  nbformat: 4,
  nbformat_minor: 5,
});
const show = (data: Record<string, unknown>): CellOutput => ({ output_type: "display_data", data, metadata: {} });
const open = (...cells: Notebook["cells"]) => new JSDOM(htmlPage(notebook(...cells))).window.document;
const figure = show({
  "application/vnd.plotly.v1+json": { data: [{ y: [1, 2], name: "</script><b>" }], layout: {} },
  "image/png": PIXEL,
  "text/plain": "Equity",
});

Deno.test("htmlPage() shows title, parameters, text and code", () => {
  const page = open(markdown("# A *fine* title\n\n| a | b |\n|---|---|\n| 1 | 2 |"), code("const days = 5; // <five>"));
  assert.equal(page.title, "A *fine* title");
  assert.equal(page.querySelector("h1 em")?.textContent, "fine");
  assert.deepEqual([...page.querySelectorAll(".parameters tr")].map((row) => row.textContent), ["days5", 'note"<i>"']);
  assert.equal(page.querySelector("td")?.closest("header") === null, false);
  assert.equal(page.querySelector("details pre")?.textContent, "const days = 5; // <five>");
  assert.equal(page.querySelector(".hljs-keyword")?.textContent, "const");
  assert.equal(page.querySelector("details")?.open, false);
});

Deno.test("htmlPage() shows defaults beside the values that replace them, with unit and meaning", () => {
  const declaring = code('let days = 1; // 1 to 250 days: how far\nlet note = "<i>";', [], { tags: ["parameters"] });
  const rows = [...open(declaring).querySelectorAll(".parameters tr")];
  assert.deepEqual(rows.map((row) => [...row.children].map(({ textContent }) => textContent)), [
    ["days", "5 days", "default 1 days", "how far"],
    ["note", '"<i>"', "", ""],
  ]);
  assert.deepEqual(rows.map(({ className }) => className), ["overridden", ""]);
});

Deno.test("htmlPage() shows streams, errors, tables and pictures, and takes no text for markup", () => {
  const page = open(code("x", [
    { output_type: "stream", name: "stdout", text: "<b>plain</b> \x1b[1;31mred\x1b[0m\x1b[2K" },
    { output_type: "stream", name: "stderr", text: "careful" },
    show({ "text/html": "<table><tr><td>cell</td></tr></table>", "text/plain": "no" }),
    show({ "image/png": PIXEL, "text/plain": "a <pixel>" }),
    show({ "text/markdown": "**bold**" }),
    { output_type: "error", ename: "RangeError", evalue: "too <far>", traceback: [] },
  ], { runner: { status: "error", seconds: 0.5 } }));
  assert.equal(page.querySelector(".stdout")?.textContent, "<b>plain</b> red");
  assert.equal(page.querySelector(".ansi-bold.ansi-fg-red")?.textContent, "red");
  assert.equal(page.querySelector(".stderr")?.textContent, "careful");
  assert.equal(page.querySelector(".rich td")?.textContent, "cell");
  assert.equal(page.querySelector("img")?.alt, "a <pixel>");
  assert.equal(page.querySelector(".rich strong")?.textContent, "bold");
  assert.equal(page.querySelector(".error")?.textContent, "RangeError: too <far>");
  assert.equal(page.querySelector("details")?.open, true);
});

Deno.test("htmlPage() carries plotly.js once, and only where a figure needs it", async () => {
  const without = htmlPage(notebook(code("1", [show({ "image/png": PIXEL })])));
  assert.ok(without.length < 20_000 && !without.includes("plotly-js"));
  const page = open(code("1", [figure, figure]));
  assert.equal(page.querySelectorAll("#plotly-js").length, 1);
  const packed = Uint8Array.from(atob(page.getElementById("plotly-js")!.textContent!), (c) => c.charCodeAt(0));
  const unpacked = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  assert.match(unpacked, /plotly\.js v3\.6\.0/);
  const [first] = page.querySelectorAll("figure.plotly");
  assert.equal(JSON.parse(first.querySelector("script")!.textContent!).data[0].name, "</script><b>");
  assert.ok(first.querySelector("img")!.src.startsWith("data:image/png;base64,"));
});

Deno.test("htmlPage() refers to nothing outside itself, save by links to be clicked", () => {
  const png = { "p.png": { "image/png": PIXEL } };
  const cells = [
    markdown("![far](https://example.com/a.png) ![near](attachment:p.png) [paper](https://example.com)", png),
    code("1", [figure]),
  ];
  const page = open(...cells);
  const loading = [...page.querySelectorAll("[src], link, [srcset], [data], iframe, object, embed")];
  assert.ok(loading.length > 0 && loading.every((element) => element.getAttribute("src")?.startsWith("data:")));
  assert.deepEqual([...page.querySelectorAll("a")].map(({ textContent }) => textContent), ["far", "paper"]);
  assert.doesNotMatch(page.querySelector("style")!.textContent!, /@import|url\(/);
  const policy = page.querySelector("meta[http-equiv=Content-Security-Policy]")!.getAttribute("content")!;
  assert.match(policy, /^default-src 'none'/);
  assert.doesNotMatch(policy, /https?:|\*/);
});

Deno.test("htmlPage() gives the same page for the same notebook", () => {
  assert.equal(htmlPage(notebook(code("1", [figure]))), htmlPage(notebook(code("1", [figure]))));
});
