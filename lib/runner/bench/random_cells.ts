import { seededRandom } from "@lib/core";
import type { CellOutput } from "../notebook_file.ts";
import type { HostileCell } from "./hostile_cells.ts";

/** Options of {@linkcode randomCells}. */
export interface RandomCellsOptions {
  /** Default 1. */
  seed?: number;
  /** Share of cells that end by throwing. Default 0.05. */
  errorShare?: number;
}

const WORDS = [
  "alpha",
  "naïve",
  "日本語",
  "🧮👩‍🔬",
  "עברית",
  "e\u0301",
  "\u2028",
  "\ufeff",
  "\u001b[31mred\u001b[39m",
  "%s",
  "<b>&amp;",
  "\\n",
];
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const WRITE_RAW = "(text) => Deno.stdout.writeSync(new TextEncoder().encode(text))";

/** Values, what a notebook shows of them, and the kind that they are counted under. */
const VALUES: readonly [code: string, shown: string | undefined, kind: string][] = [
  ["1 + 1", "2", "value"],
  [`"text"`, `"text"`, "value"],
  ["[1, 2, 3]", "[ 1, 2, 3 ]", "value"],
  ["{ a: 1 }", "{ a: 1 }", "value"],
  ["0.1 + 0.2", "0.30000000000000004", "value"],
  ["await Promise.resolve(7)", "7", "value"],
  ["true", "true", "value"],
  ["undefined", undefined, "nothing"],
  ["NaN", "NaN", "value that the kernel forgets"],
  ["1 / 0", "Infinity", "value that the kernel forgets"],
  ["2n ** 64n", "18446744073709551616n", "value that the kernel forgets"],
  ["null", "null", "value that the kernel forgets"],
  ["-0", "-0", "value that the kernel forgets"],
];

type Display = Extract<CellOutput, { output_type: "display_data" }>;

/**
 * Cells that do some of all that can be shown, in random order, each with the outputs that it must end with: known from
 * what it was made to do, not from running it. A display may be changed by a later cell, so cells hang together.
 *
 * The same count and seed give the same cells.
 */
export function randomCells(count: number, { seed = 1, errorShare = 0.05 }: RandomCellsOptions = {}): HostileCell[] {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)];
  const displays: { id: string; display: Display }[] = [];
  let made = 0;

  const words = () => Array.from({ length: 1 + below(4) }, () => pick(WORDS)).join(" ");
  const mime = (): Display["data"] =>
    pick<() => Display["data"]>([
      () => ({ "text/plain": words() }),
      () => ({ "text/html": `<p>${words()}</p>`, "text/plain": words() }),
      () => ({ "image/png": PIXEL, "text/plain": "pixel" }),
      () => ({ "application/json": { rows: [1, null, words()] } }),
    ])();

  const makeCell = (): HostileCell => {
    let expected: CellOutput[] = [];
    let clears = false;
    const code: string[] = [];
    const kinds = new Set<string>();
    const show = (output: CellOutput) => {
      const last = clears ? undefined : expected.at(-1);
      if (clears) expected = [];
      clears = false;
      if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
        last.text += output.text;
      } else {
        expected.push(output);
      }
    };
    const print = (name: "stdout" | "stderr", text: string) => {
      code.push(`console.${name === "stdout" ? "log" : "error"}("%s", ${JSON.stringify(text)});`);
      show({ output_type: "stream", name, text: `${text}\n` });
    };
    const broadcast = (type: string, content: unknown) =>
      code.push(`await Deno.jupyter.broadcast(${JSON.stringify(type)}, ${JSON.stringify(content)});`);

    const actions: [kind: string, weight: number, act: () => void][] = [
      ["stdout", 5, () => print("stdout", words())],
      ["stderr", 3, () => print("stderr", words())],
      ["streams in turn", 2, () => {
        const lines = 2 + below(40);
        code.push(`for (let i = 0; i < ${lines}; i++) (i % 2 ? console.error : console.log)(i);`);
        for (let i = 0; i < lines; i++) {
          show({ output_type: "stream", name: i % 2 ? "stderr" : "stdout", text: `${i}\n` });
        }
      }],
      ["hundreds of lines", 0.5, () => {
        const lines = 100 + below(600);
        code.push(`for (let i = 0; i < ${lines}; i++) console.log("line", i);`);
        show({
          output_type: "stream",
          name: "stdout",
          text: Array.from({ length: lines }, (_, i) => `line ${i}\n`).join(""),
        });
      }],
      ["much text", 0.1, () => {
        const times = 10_000 + below(300_000);
        code.push(`console.log("é🧮".repeat(${times}));`);
        show({ output_type: "stream", name: "stdout", text: "é🧮".repeat(times) + "\n" });
      }],
      ["display", 3, () => {
        const id = `display-${seed}-${made++}`;
        const data = mime();
        const display: Display = { output_type: "display_data", data, metadata: {} };
        broadcast("display_data", { data, metadata: {}, transient: { display_id: id } });
        show(display);
        displays.push({ id, display });
      }],
      ["display update", 1, () => {
        if (displays.length === 0) return;
        const { id, display } = pick(displays.slice(-5));
        display.data = mime();
        broadcast("update_display_data", { data: display.data, metadata: {}, transient: { display_id: id } });
      }],
      ["clear_output", 0.5, () => {
        clears = random() < 0.5;
        broadcast("clear_output", { wait: clears });
        if (!clears) expected = [];
      }],
      ["timer", 1, () => {
        const text = words();
        code.push(
          `await new Promise((go) => setTimeout(() => { console.log("%s", ${JSON.stringify(text)}); go(0); }, ${
            below(4)
          }));`,
        );
        show({ output_type: "stream", name: "stdout", text: `${text}\n` });
      }],
      ["await", 2, () => void code.push(pick(["await 0;", "await new Promise((go) => setTimeout(go, 1));"]))],
      [
        "computation",
        0.5,
        () => void code.push("{ const end = performance.now() + 2; while (performance.now() < end); }"),
      ],
      ["raw write", 0.2, () => {
        const text = words();
        code.push(`(${WRITE_RAW})(${JSON.stringify(text)});`);
        show({ output_type: "stream", name: "stdout", text });
      }],
      ["child process", 0.1, () => {
        const text = String(made++);
        const name = pick(["stdout", "stderr"]);
        code.push(
          `new Deno.Command("sh", { args: ["-c", "echo ${text}${name === "stdout" ? "" : " >&2"}"], ` +
            `stdout: "inherit", stderr: "inherit" }).outputSync();`,
        );
        show({ output_type: "stream", name, text: `${text}\n` });
      }],
    ];
    const total = actions.reduce((sum, [, weight]) => sum + weight, 0);
    for (let left = below(6); left > 0; left--) {
      let place = random() * total;
      const [kind, , act] = actions.find(([, weight]) => (place -= weight) < 0) ?? actions[0];
      act();
      kinds.add(kind);
    }
    // a clearing that waits for what never comes clears nothing
    if (random() < errorShare) {
      kinds.add("error");
      const message = words();
      code.push(`throw new RangeError(${JSON.stringify(message)});`);
      show({ output_type: "error", ename: "RangeError", evalue: message, traceback: [] });
    } else if (random() < 0.6) {
      const [value, shown, kind] = pick(VALUES);
      kinds.add(kind);
      const isBlock = value.startsWith("{") && code.length > 0;
      code.push(isBlock ? `(${value})` : value);
      if (shown !== undefined) {
        show({ output_type: "execute_result", data: { "text/plain": shown }, metadata: {}, execution_count: null });
      }
    } else {
      code.push(`var kept_${made++}: number = 1; void 0;`); // or the statement before gives the value
    }
    return { title: [...kinds].join(", ") || "nothing", code: code.join("\n"), expected };
  };
  return Array.from({ length: count }, makeCell);
}
