import assert from "node:assert/strict";
import { brokenFloorRules, readFloors } from "./floors.ts";

const floors = readFloors(
  "| floor | room | what |\n| --- | --- | --- |\n| 0 | `core` | a |\n| 2 | `features`, `targets` | b |",
);

Deno.test("readFloors() reads rooms that share a floor", () => {
  assert.deepEqual(floors, { core: 0, features: 2, targets: 2 });
  assert.throws(() => readFloors("no table"), SyntaxError);
});

Deno.test("brokenFloorRules() lets a room look down", () => {
  assert.deepEqual(brokenFloorRules("lib/features/a.ts", `import { Panel } from "@lib/core";`, floors), []);
  assert.deepEqual(brokenFloorRules("pipelines/f4.ts", `import { a } from "@lib/f4";`, floors), []);
  assert.deepEqual(brokenFloorRules("lib/features/deep/a.ts", `import { b } from "../b.ts";`, floors), []);
});

Deno.test("brokenFloorRules() lets a test use the sample data of a room below, and of no other", () => {
  const count = (path: string, target: string) =>
    brokenFloorRules(path, `import { a } from "${target}";`, floors).length;
  assert.equal(count("lib/features/a_test.ts", "../core/testdata/a.ts"), 0);
  assert.equal(count("lib/features/testdata/b.ts", "../../core/testdata/a.ts"), 0);
  assert.equal(count("lib/features/a.ts", "../core/testdata/a.ts"), 1);
  assert.equal(count("lib/features/a_test.ts", "../core/a.ts"), 1);
  assert.equal(count("lib/features/a_test.ts", "../targets/testdata/a.ts"), 1);
});

Deno.test("brokenFloorRules() catches a look up, sideways, past the front door, and a stranger", () => {
  const catches = (path: string, source: string) => assert.equal(brokenFloorRules(path, source, floors).length, 1);
  catches("lib/core/a.ts", `import { b } from "@lib/features";`);
  catches("lib/features/a.ts", `export * from "@lib/targets";`);
  catches("lib/features/a.ts", `import { b } from "@lib/core/panel.ts";`);
  catches("lib/features/a.ts", `import { b } from "../core/panel.ts";`);
  catches("lib/unknown/a.ts", `import { b } from "@lib/core";`);
  catches("pipelines/a.ts", `import { b } from "@lib/features";`);
  catches("lib/features/a.ts", `const b = await import("@lib/targets");`);
});

Deno.test("brokenFloorRules() lets a room that stands alone see nothing but what it stands on", () => {
  const all = { ...floors, f4: 7 };
  assert.deepEqual(brokenFloorRules("lib/f4/deep/a.ts", `import { Panel } from "@lib/core";`, all), []);
  assert.deepEqual(brokenFloorRules("lib/f4/a.ts", `import { b } from "@lib/features";`, all), [
    "lib/f4/a.ts imports @lib/features: f4 stands alone, on nothing but core",
  ]);
});
