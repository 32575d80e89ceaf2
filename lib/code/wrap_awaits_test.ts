import assert from "node:assert/strict";
import { wrapAwaits } from "@lib/code";

const wrap = (source: string) => wrapAwaits(source, { value: "W", each: "E" });

Deno.test("`wrapAwaits()` wraps the awaits of the script itself, wherever they stand", () => {
  assert.equal(wrap("await a"), "await W( a)");
  assert.equal(wrap("await (a, b);\nawait // why\n c;"), "await W( (a, b));\nawait W( // why\n c);");
  assert.equal(
    wrap("f(await a, -await b.c(), [`${await d}`])"),
    "f(await W( a), -await W( b.c()), [`${await W( d)}`])",
  );
  assert.equal(wrap("await await a"), "await W( await W( a))");
  assert.equal(
    wrap("if (x) { for (;;) { const y: T = await a as T; } }"),
    "if (x) { for (;;) { const y: T = await W( a) as T; } }",
  );
});

Deno.test("`wrapAwaits()` leaves functions, texts and comments alone", () => {
  for (
    const source of [
      "const f = async () => await a;",
      "async function f() { for await (const b of c) await d; }",
      "class A { async b() { await c; } static async #d() { await e; } }",
      "const o = { async b() { await c; } };",
      '"await a"; // await b\n`await c`;',
      'import { a } from "b";\nlet c = 1; let c = 2;',
    ]
  ) assert.equal(wrap(source), source);
});

Deno.test("`wrapAwaits()` wraps what a `for await` goes through", () => {
  assert.equal(wrap("for await (const a of b) await c;"), "for await (const a of E((b))) await W( c);");
  assert.equal(wrap("for await (const a of (b, await c)) {}"), "for await (const a of (E((b, await W( c))))) {}");
});

Deno.test("`wrapAwaits()` keeps what a script computes, and the order", async () => {
  const source = `
    const seen = [];
    for await (const value of (async function* () { yield 1; yield await Promise.resolve(2); })()) seen.push(value);
    seen.push(await (await Promise.resolve(async () => await 3))());
    return seen;`;
  const AsyncFunction = (async () => {}).constructor as new (...code: string[]) => (...values: unknown[]) => unknown;
  const run = (code: string) => new AsyncFunction("W", "E", code)((value: unknown) => value, (each: unknown) => each);
  const inFunction = (code: string) => `${wrap(code.replace("return seen;", "seen"))}; return seen;`;
  assert.deepEqual(await run(inFunction(source)), await run(source));
  assert.deepEqual(await run(inFunction(source)), [1, 2, 3]);
});

Deno.test("`wrapAwaits()` refuses what is no TypeScript", () => {
  assert.throws(() => wrap("let = = 5"), SyntaxError);
});
