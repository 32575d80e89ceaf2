import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { checkCells, describeFault } from "./check_cells.ts";
import type { Notebook } from "./notebook_file.ts";
import { codeCell } from "./testdata/code_cell.ts";

const folder = Deno.realPathSync(Deno.makeTempDirSync());
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** A notebook of these cells; one that begins with `let` is the parameters cell. */
const notebook = (...sources: string[]): Notebook => ({
  cells: sources.map((source, i) => codeCell(`c${i + 1}`, source, source.startsWith("let ") ? ["parameters"] : [])),
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});
const foreign = join(folder, "a.ipynb");
const types = (...sources: string[]) => checkCells(new Map([[foreign, notebook(...sources)]]), { lint: false });

Deno.test("checkCells() finds nothing where cells share names, declare them again, and use what the kernel offers", async () => {
  await Deno.writeTextFile(
    join(folder, "own.ts"),
    "export const own: number = 5; export interface Row { day: number }",
  );
  const faults = await types(
    `let mode: "a" | "b" = "a";\nlet most: number | null = null;`,
    `if (mode === "b" && most !== null) console.log(most + 1)`,
    `const a = 1; class C {} function f() {} interface I { x: number }`,
    `const a = "text"; class C { x = a.length } function f() { return new C().x } interface I { y: string }`,
    `const { y }: I = { y: a }; f() + y.length`,
    `import { join } from "node:path"; import { own, type Row } from "./own.ts"; join("a", "b")`,
    `import { join } from "node:path"; import { own } from "./own.ts"; join(String(own)) satisfies string`,
    `const join = 5; join + 1`,
    `import { basename as join } from "node:path"; join("a/b").length`,
    `var v = 1;`,
    `var v = "b"; v.length`,
    `const a = a + "more"; export const e = a;`,
    `const rows: Row[] = [{ day: e.length }];\nawait Deno.jupyter.md\`rows\`; (await import("./own.ts")).own + rows[0].day`,
    `const generic = <T>(x: T) => x; generic(1)`,
  );
  assert.deepEqual(faults.map(describeFault), []);
});

Deno.test("checkCells() maps what the compiler says back to the cell and its line", async () => {
  const faults = await types(
    `const days = 5;`,
    ``,
    `const days: number = 6;\n\ndays.length`,
    `import { no } from "./nowhere.ts";\nimport { tmpdirs } from "node:os"; no(tmpdirs)`,
  );
  assert.deepEqual(
    faults.map(({ cell, id, line, column, code }) => [cell, id, line, column, code]),
    [
      [2, "c3", 3, 6, "TS2339"],
      [3, "c4", 1, 20, "TS2307"],
      [3, "c4", 2, 10, "TS2724"],
    ].map((each) => each.slice()),
    JSON.stringify(faults),
  );
});

Deno.test("checkCells() says once where a cell cannot be parsed, also where it only lacks its end", async () => {
  const faults = await checkCells(
    new Map([["a.ipynb", notebook("1", "const a = 1;\nconst b = = 2;", "for (;;) {\n")]]),
  );
  assert.deepEqual(faults.map(describeFault), [
    "a.ipynb cell 2 (id c2) line 2, column 11: Expression expected (SyntaxError)",
    "a.ipynb cell 3 (id c3) line 1, column 8: Expected '}', got '<eof>' (SyntaxError)",
  ]);
});

Deno.test("checkCells() goes by the deno.json above each notebook, and checks several in one call", async () => {
  const ours = repositoryPath("notebooks", "not_there.ipynb");
  const cells = notebook(`import { repositoryPath } from "@lib/core";\nvar path = repositoryPath(5);`);
  const faults = await checkCells(new Map([[foreign, cells], [ours, cells]]));
  const codes = (path: string) => faults.filter((each) => each.notebook === path).map(({ code }) => code);
  assert.deepEqual(codes(foreign).toSorted(), ["TS2307", "no-unused-vars", "no-var"]);
  assert.deepEqual(codes(ours).toSorted(), ["TS2345", "no-unused-vars", "no-var"]);
  assert.doesNotMatch(faults.map(describeFault).join("\n"), /notebook-cells/);
});

Deno.test("checkCells() leaves imports alone that a package.json explains", async () => {
  const project = join(folder, "project");
  await Deno.mkdir(project);
  await Deno.writeTextFile(join(project, "package.json"), `{ "dependencies": { "leftish": "1.0.0" } }`);
  const cells = notebook(`import { left } from "leftish"; left(1) as string;`);
  assert.deepEqual(await checkCells(new Map([[join(project, "a.ipynb"), cells]]), { lint: false }), []);
});
