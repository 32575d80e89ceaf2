import type { CellOutput } from "../notebook_file.ts";

/** A cell that an executor may get wrong, and what it must show, known from how the cell is made. */
export interface HostileCell {
  /** What is hostile about it. */
  title: string;
  code: string;
  /** Tracebacks and metadata are not compared. */
  expected: CellOutput[];
}

const stdout = (text: string): CellOutput => ({ output_type: "stream", name: "stdout", text });
const stderr = (text: string): CellOutput => ({ output_type: "stream", name: "stderr", text });
const display = (data: Record<string, unknown>): CellOutput => ({ output_type: "display_data", data, metadata: {} });
const text = (value: string) => display({ "text/plain": value });
const error = (ename: string, evalue: string): CellOutput => ({ output_type: "error", ename, evalue, traceback: [] });
const result = (data: Record<string, unknown>): CellOutput => ({
  output_type: "execute_result",
  data,
  metadata: {},
  execution_count: null,
});
const value = (shown: string) => result({ "text/plain": shown });
const count = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_, i) => make(i));

/** Shows the text without waiting for a line end, or an arbitrary display. */
const SHOW = `const show = (text, id) => Deno.jupyter.broadcast("display_data", ` +
  `{ data: { "text/plain": text }, metadata: {}, transient: id ? { display_id: id } : {} });`;

const STRANGE = "naïve 日本語 🧮👩‍🔬 עברית e\u0301 \u2028 \u0000 \u001b[31mred\u001b[39m \ufeff 𝒳 \\n <b>&amp;</b> %s %c";
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** The cells in order: some depend on those before. */
export const HOSTILE_CELLS: readonly HostileCell[] = [
  { title: "a value", code: "1 + 1", expected: [value("2")] },
  { title: "nothing", code: "undefined", expected: [] },
  { title: "a statement without a value", code: "var kept = 5;", expected: [] },
  { title: "a variable of an earlier cell", code: "kept", expected: [value("5")] },
  {
    title: "text before the value",
    code: `console.log("first"); "last"`,
    expected: [stdout("first\n"), value(`"last"`)],
  },
  {
    title: "both streams before the value",
    code: `console.error("e"); console.log("o"); 3`,
    expected: [stderr("e\n"), stdout("o\n"), value("3")],
  },
  {
    title: "streams in turn",
    code: "for (let i = 0; i < 60; i++) (i % 2 ? console.error : console.log)(i);",
    expected: count(60, (i) => (i % 2 ? stderr : stdout)(`${i}\n`)),
  },
  {
    title: "streams in turn with pauses",
    code: "for (let i = 0; i < 20; i++) { await 0; (i % 2 ? console.error : console.log)(i); }",
    expected: count(20, (i) => (i % 2 ? stderr : stdout)(`${i}\n`)),
  },
  {
    title: "hundreds of lines",
    code: "for (let i = 0; i < 800; i++) console.log(`line ${i}`);",
    expected: [stdout(count(800, (i) => `line ${i}\n`).join(""))],
  },
  {
    title: "hundreds of lines with pauses",
    code:
      "for (let i = 0; i < 300; i++) { console.log(i); if (i % 50 === 0) await new Promise((go) => setTimeout(go, 1)); }",
    expected: [stdout(count(300, (i) => `${i}\n`).join(""))],
  },
  {
    title: "a megabyte in one line",
    code: `console.log("x".repeat(2 ** 20))`,
    expected: [stdout("x".repeat(2 ** 20) + "\n")],
  },
  {
    title: "a megabyte as value",
    code: `({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "y".repeat(2 ** 20) }) })`,
    expected: [result({ "text/html": "y".repeat(2 ** 20) })],
  },
  {
    title: "strange characters",
    code: `console.log("%s", ${JSON.stringify(STRANGE)})`,
    expected: [stdout(STRANGE + "\n")],
  },
  { title: "an empty line", code: `console.log("")`, expected: [stdout("\n")] },
  {
    title: "a picture",
    code: `({ [Symbol.for("Jupyter.display")]: () => ({ "image/png": "${PIXEL}", "text/plain": "pixel" }) })`,
    expected: [result({ "image/png": PIXEL, "text/plain": "pixel" })],
  },
  {
    title: "structured data",
    code: `({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": { a: [1, null, "b"] } }) })`,
    expected: [result({ "application/json": { a: [1, null, "b"] } })],
  },
  {
    title: "displays between lines",
    code: `${SHOW}\nfor (let i = 0; i < 5; i++) { await show("display " + i); }\nconsole.log("end")`,
    expected: [...count(5, (i) => text(`display ${i}`)), stdout("end\n")],
  },
  {
    title: "many displays",
    code: `for (let i = 0; i < 100; i++) await show(String(i));`,
    expected: count(100, (i) => text(`${i}`)),
  },
  { title: "a display to be updated later", code: `await show("new", "later");`, expected: [text("changed")] },
  {
    title: "an update of another cell's display",
    code: `await Deno.jupyter.broadcast("update_display_data", ` +
      `{ data: { "text/plain": "changed" }, metadata: {}, transient: { display_id: "later" } });`,
    expected: [],
  },
  {
    title: "outputs cleared at once",
    code: `await show("gone"); await Deno.jupyter.broadcast("clear_output", { wait: false }); await show("stays");`,
    expected: [text("stays")],
  },
  {
    title: "outputs cleared by the next one",
    code:
      `for (let i = 0; i < 4; i++) { await Deno.jupyter.broadcast("clear_output", { wait: true }); await show(String(i)); }`,
    expected: [text("3")],
  },
  {
    title: "a clearing that nothing follows",
    code: `await show("stays"); await Deno.jupyter.broadcast("clear_output", { wait: true });`,
    expected: [text("stays")],
  },
  {
    title: "text from a timer",
    code: `setTimeout(() => console.log("tick"), 10); await new Promise((go) => setTimeout(go, 30)); "tock"`,
    expected: [stdout("tick\n"), value(`"tock"`)],
  },
  { title: "a timer left running", code: `var left = setTimeout(() => console.log("ring"), 40);`, expected: [] },
  {
    title: "text from the timer of another cell",
    code: `await new Promise((go) => setTimeout(go, 80)); console.log("after")`,
    expected: [stdout("ring\nafter\n")],
  },
  {
    title: "an open group",
    code: `console.group("group"); console.log("inside")`,
    expected: [stdout("group\n  inside\n")],
  },
  {
    title: "a group closed later",
    code: `console.log("still"); console.groupEnd()`,
    expected: [stdout("  still\n")],
  },
  {
    title: "a replaced console",
    code:
      `var kept_console = globalThis.console; globalThis.console = { log() {}, error() {} }; console.log("swallowed"); 1`,
    expected: [value("1")],
  },
  {
    title: "the console put back",
    code: `globalThis.console = kept_console; console.log("back")`,
    expected: [stdout("back\n")],
  },
  {
    title: "an error after text",
    code: `console.log("before"); throw new RangeError("too far")`,
    expected: [stdout("before\n"), error("RangeError", "too far")],
  },
  {
    title: "an error after many lines",
    code: `for (let i = 0; i < 300; i++) console.log(i); throw new Error("at last")`,
    expected: [stdout(count(300, (i) => `${i}\n`).join("")), error("Error", "at last")],
  },
  {
    title: "an error after both streams",
    code: `console.log("a"); console.error("b"); null.property`,
    expected: [stdout("a\n"), stderr("b\n"), error("TypeError", "Cannot read properties of null (reading 'property')")],
  },
  { title: "a thrown text", code: `throw "no error object"`, expected: [error("Error", "no error object")] },
  {
    title: "an error after a pause",
    code: `await new Promise((go) => setTimeout(go, 5)); console.log("x"); throw new TypeError("async")`,
    expected: [stdout("x\n"), error("TypeError", "async")],
  },
  {
    title: "a computation before text",
    code: `const end = performance.now() + 50; while (performance.now() < end); console.log("busy")`,
    expected: [stdout("busy\n")],
  },
  {
    title: "types",
    code: `interface Row { day: number }\nconst rows: Row[] = [{ day: 1 }];\nrows.length satisfies number`,
    expected: [value("1")],
  },
  { title: "a comment at the end", code: `console.log("code") // comment`, expected: [stdout("code\n")] },
  { title: "the end", code: `console.log("end"); console.error("end");`, expected: [stdout("end\n"), stderr("end\n")] },
];

/** What of outputs is compared: terminal colours, tracebacks, metadata and counts are left out. */
export function comparable(outputs: readonly CellOutput[]): unknown[] {
  // deno-lint-ignore no-control-regex -- the kernel colours values
  const plain = (text: unknown) => typeof text === "string" ? text.replace(/\x1b\[\d+m/g, "") : text;
  return outputs.map((output) => {
    if (output.output_type === "stream") return [output.name, output.text];
    if (output.output_type === "error") return ["error", output.ename, output.evalue];
    return [
      output.output_type,
      Object.fromEntries(Object.entries(output.data).map(([type, data]) => [type, plain(data)])),
    ];
  });
}
