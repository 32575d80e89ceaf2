import assert from "node:assert/strict";
import { freeNames } from "@lib/code";

const names = (source: string) => [...freeNames(source)].sort().join(" ");

Deno.test("`freeNames()` sees what is declared in every kind of place", () => {
  assert.equal(names("({ a, b: [c, ...d], e = x, ...f }) => a + c + d + e + f + g"), "g x");
  assert.equal(names("() => { const { k: [l] } = m; return l; }"), "m");
  assert.equal(names("function own(n) { return n < 1 ? arguments.length : own(n - 1); }"), "");
  assert.equal(
    names("() => { for (const [i, x] of y.entries()) f(i, x); for (let j = 0; j < z; j++) f(j); }"),
    "f y z",
  );
  assert.equal(names("() => { try { f(); } catch ({ message }) { g(message); } }"), "f g");
  assert.equal(names("() => { if (q) { var late = 1; } return late; }"), "q");
  assert.equal(names("() => { switch (s) { case t: { break; } default: let u = 1; u; } }"), "s t");
  assert.equal(names("() => { return inner(); function inner() { return outer; } }"), "outer");
});

Deno.test("`freeNames()` does not let a block hide a name outside of it", () => {
  assert.equal(names("() => { { const a = 1; f(a); } return a; }"), "a f");
  assert.equal(names("() => { const g = (b) => b; return b; }"), "b");
});

Deno.test("`freeNames()` takes names of members, keys, labels, types and private fields for what they are", () => {
  assert.equal(names("() => a.b.c[d]"), "a d");
  assert.equal(names("() => ({ e, f: g, [h]: 1, i() { return j; } })"), "e g h j");
  assert.equal(names("() => { here: while (k) { continue here; } }"), "k");
  assert.equal(names("(l: Matrix<M>): N => l as O satisfies P"), "");
  assert.equal(names("class Q extends R { #s = t; static u = v; get w() { return this.#s + new.target; } }"), "R t v");
  assert.equal(names("() => import.meta.url"), "");
});

Deno.test("`freeNames()` reads what toString gives, and refuses what has no source", () => {
  const holder = {
    async method(input: number) {
      return await Promise.resolve(input + assert.length);
    },
  };
  assert.equal(names(holder.method.toString()), "Promise assert");
  assert.equal(names((async (a: number) => await Promise.resolve(a)).toString()), "Promise");
  assert.throws(() => freeNames(Math.max.toString()), /Cannot read a function: its source must be TypeScript/);
  assert.throws(() => freeNames("((" + "a"), SyntaxError);
});
