import assert from "node:assert/strict";
import type { Notebook } from "./notebook_file.ts";
import {
  describeParameter,
  injectParameters,
  readParameters,
  resolveParameters,
  splitAssignments,
} from "./parameters.ts";
import { codeCell } from "./testdata/code_cell.ts";

const notebookWith = (...sources: string[]): Notebook => ({
  cells: sources.map((source, i) => codeCell(`cell-${i}`, source, ["parameters"])),
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});
const parametersOf = (source: string) => readParameters(notebookWith(source));
const valuesOf = (source: string, overrides: Parameters<typeof resolveParameters>[1] = {}) =>
  resolveParameters(parametersOf(source), overrides);

const SOURCE = `
// What is studied
let horizonDays = 5; // trading days
let model: "ridge" | "lightgbm" = "ridge";
let name = 'a "b"';
`;

Deno.test("readParameters() reads every kind of literal", () => {
  const source =
    `let a = -1_000.5e1\nlet b: string = "x\\n\\u00e9\\u{1F9EE}";\nlet c = false; let d = null; /* e */ let e =
    [1, [2, -3],];\nlet f = \`two\nlines\`; let g = 0xff; let h = Infinity; let i: readonly string[] = [];`;
  assert.deepEqual(valuesOf(source), {
    a: -10005,
    b: "x\né🧮",
    c: false,
    d: null,
    e: [1, [2, -3]],
    f: "two\nlines",
    g: 255,
    h: Infinity,
    i: [],
  });
});

Deno.test("readParameters() gives nothing for a notebook without a parameters cell", () => {
  assert.deepEqual(readParameters({ ...notebookWith(), cells: [] }), []);
});

Deno.test("readParameters() names the line that is no plain declaration", () => {
  for (
    const [source, line] of [
      ["let a = 1;\nconst b = 2;", 2],
      ["let a = 1 + 1;", 1],
      ["let a = 1;\n\nlet b = f(2);", 3],
      ["let a;", 1],
      ["let a = `${1}`;", 1],
      ["let a: Date = 1;", 1],
      ["let a = 1, b = 2;", 1],
    ] as const
  ) {
    assert.throws(() => parametersOf(source), {
      name: "SyntaxError",
      message: new RegExp(`must be let name = literal;.*current line ${line} is`),
    }, source);
  }
});

Deno.test("readParameters() refuses a name or a cell that is there twice", () => {
  assert.throws(() => parametersOf("let a = 1;\nlet a = 2;"), /each name must be declared once, current one is a/);
  assert.throws(() => readParameters(notebookWith("let a = 1;", "let b = 1;")), /at most one cell.*current ones are 2/);
});

Deno.test("resolveParameters() takes values, a line of text, and words from a shell", () => {
  const expected = { horizonDays: 20, model: "lightgbm", name: "b c" };
  assert.deepEqual(valuesOf(SOURCE, { horizonDays: 20, model: "lightgbm", name: "b c" }), expected);
  assert.deepEqual(valuesOf(SOURCE, `horizonDays=20 model=lightgbm name="b c"`), expected);
  assert.deepEqual(valuesOf(SOURCE, ["horizonDays=2e1", "model=lightgbm", "name=b c"]), expected);
  assert.deepEqual(valuesOf(SOURCE, "  "), { horizonDays: 5, model: "ridge", name: 'a "b"' });
});

Deno.test("resolveParameters() reads a text as the declared type", () => {
  const source =
    `let s = "x"; let b = true; let n: number | null = 1; let days = [1]; let names = ["a"]; let u: 1 | "1" = 1;`;
  assert.deepEqual(valuesOf(source, `s=5 b=false n=null days=1,5,20 names='["5","b"]' u=1`), {
    s: "5",
    b: false,
    n: null,
    days: [1, 5, 20],
    names: ["5", "b"],
    u: 1,
  });
});

Deno.test("resolveParameters() refuses an unknown name and names the known ones", () => {
  assert.throws(() => valuesOf(SOURCE, "horizonDay=5"), {
    name: "RangeError",
    message: "Cannot set parameter horizonDay: the notebook must declare it, the known ones are " +
      'horizonDays (number), model ("ridge" | "lightgbm"), name (string)',
  });
  assert.throws(() => resolveParameters([], { toString: 1 }), /the known ones are none/);
});

Deno.test("resolveParameters() refuses a value of another type", () => {
  for (const overrides of [{ horizonDays: "5" }, { horizonDays: NaN }, { horizonDays: null }, { horizonDays: [5] }]) {
    assert.throws(() => valuesOf(SOURCE, overrides), {
      name: "TypeError",
      message: /horizonDays: its value must be number/,
    });
  }
  for (const text of ["horizonDays=five", "horizonDays=", "model=svm"]) {
    assert.throws(() => valuesOf(SOURCE, text), { name: "TypeError" });
  }
  assert.throws(() => valuesOf("let days = [1];", { days: [1, "a"] }), /days: its value must be number\[\]/);
});

Deno.test("resolveParameters() refuses what is no assignment", () => {
  assert.throws(() => valuesOf(SOURCE, "horizonDays 5"), { name: "SyntaxError", message: /each must be name=value/ });
  assert.throws(() => valuesOf(SOURCE, "horizonDays=5 horizonDays=6"), /must be given once/);
});

Deno.test("splitAssignments() keeps quoted words together", () => {
  assert.deepEqual(splitAssignments(`a=1  b="x y" c='{"d": 1}' d="say \\"e\\""`), [
    "a=1",
    "b=x y",
    `c={"d": 1}`,
    `d=say "e"`,
  ]);
});

Deno.test("injectParameters() assigns what is not the default, once, after the parameters cell", () => {
  const notebook = notebookWith(SOURCE);
  const values = valuesOf(SOURCE, { name: 'quote " \\ \n', horizonDays: 5 });
  const injected = injectParameters(injectParameters(notebook, valuesOf(SOURCE, { name: "first" })), values);
  assert.deepEqual(injected.cells.map(({ source }) => source), [
    SOURCE,
    String.raw`name = "quote \" \\ \n"; // default "a \"b\""` + "\nvoid 0;",
  ]);
  assert.deepEqual(injected.cells[1].metadata.tags, ["injected-parameters"]);
  assert.equal(injectParameters(injected, valuesOf(SOURCE)).cells.length, 1);
});

const RULED = `
let days = 1; // 1 to 250 whole days: how far forecasts look ahead
let share: number | null = 0.5 // above 0, at most 1: part of the way
let seeds = [1, 2]; // at least 0, whole
let firstDay = ""; // day or "": where forecasts begin; "" for the middle
let lastDay = "2020-02-29"; // day
let rounds = 150; // trees: none of them chosen by a score
let market = "bars"; // panel, bars, or a folder: of your own
let note = "x"; // see https://example.com/a: at most 5 of them
`;

Deno.test("readParameters() reads limits, unit and meaning from the comment behind a declaration", () => {
  const read = parametersOf(RULED);
  assert.deepEqual(read.map(describeParameter), [
    "days (number, 1 to 250 whole days)",
    "share (number | null, above 0, at most 1)",
    "seeds (number[], at least 0 whole)",
    'firstDay (string, day or "")',
    "lastDay (string, day)",
    "rounds (number, trees)",
    "market (string)",
    "note (string)",
  ]);
  assert.deepEqual(read.map(({ rule }) => rule?.meaning), [
    "how far forecasts look ahead",
    "part of the way",
    "",
    'where forecasts begin; "" for the middle',
    "",
    "none of them chosen by a score",
    "panel, bars, or a folder: of your own",
    "see https://example.com/a: at most 5 of them",
  ]);
});

Deno.test("readParameters() refuses a default that its comment excludes, and names the line", () => {
  assert.throws(() => parametersOf("\nlet days = 0; // 1 to 250 days: how far"), {
    name: "SyntaxError",
    message: "Cannot read the parameters cell: the default of days must be 1 to 250 days as its comment says, " +
      "current line 2 has 0",
  });
});

Deno.test("resolveParameters() refuses values outside of the limits, and takes the limits themselves", () => {
  const fits = "days=250 share=1 seeds=0,4 firstDay=2020-12-31 lastDay=2024-02-29 rounds=-1e9";
  assert.equal(valuesOf(RULED, fits).days, 250);
  assert.equal(valuesOf(RULED, "share=null firstDay=").share, null);
  for (
    const text of ["days=0", "days=251", "days=1.5", "share=0", "share=1.001", "seeds=1,-1", "seeds=0.5", "lastDay="]
      .concat("lastDay=2023-02-29", "firstDay=2020", "days=Infinity")
  ) {
    assert.throws(() => valuesOf(RULED, text), {
      name: "RangeError",
      message: /: its value must be .* current value is/,
    });
  }
  assert.throws(() => valuesOf(RULED, { days: 0 }), {
    message: "Cannot set parameter days: its value must be 1 to 250 whole days, current value is 0",
  });
  assert.throws(() => valuesOf(RULED, "days=x"), {
    name: "TypeError",
    message: 'Cannot set parameter days: its value must be number, 1 to 250 whole days, current value is "x"',
  });
});

Deno.test("injectParameters() writes the default with its unit beside each value", () => {
  const { cells } = injectParameters(notebookWith(RULED), { ...valuesOf(RULED), days: 5 });
  assert.equal(cells[1].source, "days = 5; // default 1 days\nvoid 0;");
});
