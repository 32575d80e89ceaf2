import assert from "node:assert/strict";
import { FINANCIAL_LEXICON } from "./financial_lexicon.ts";
import { textTone } from "./text_tone.ts";

Deno.test("`FINANCIAL_LEXICON` has hundreds of entries in base form, weighed from -2 to 2, none twice", async () => {
  assert.ok(FINANCIAL_LEXICON.size > 400);
  for (const [entry, weight] of FINANCIAL_LEXICON) {
    assert.match(entry, /^[a-z0-9]+(?:-[a-z0-9]+)*(?: [a-z0-9]+(?:-[a-z0-9]+)*){0,2}$/);
    assert.ok([-2, -1, 1, 2].includes(weight), entry);
    assert.equal(Math.sign(textTone(entry)), Math.sign(weight), entry);
  }
  const source = await Deno.readTextFile(new URL("financial_lexicon.ts", import.meta.url));
  const listed = [...source.matchAll(/words\(`([^`]*)`\)|phrases\(`([^`]*)`\)/g)]
    .flatMap(([, words, phrases]) => words?.trim().split(/\s+/) ?? phrases.trim().split(/\s*,\s*/));
  assert.deepEqual(listed.filter((entry, at) => listed.indexOf(entry) !== at), []);
});

const signs: [string, -1 | 0 | 1][] = [
  ["Acme beats estimates and raises guidance", 1],
  ["Acme misses estimates, cuts guidance", -1],
  ["Acme cuts costs as losses narrow", 1],
  ["Acme slashes outlook after profit warning", -1],
  ["Shares plunged on fraud allegations", -1],
  ["Airline rallies; fears fade", 1],
  ["Bank denies fraud", 0],
  ["Company avoids bankruptcy", 1],
  ["Results did not improve", -1],
  ["Drug wins FDA approval", 1],
  ["Chipmaker slipped as demand weakened", -1],
  ["Board sets date of annual meeting", 0],
];
for (const [headline, sign] of signs) {
  Deno.test(`\`textTone()\` of "${headline}" is ${["bad", "neutral", "good"][sign + 1]}`, () => {
    assert.equal(Math.sign(textTone(headline)), sign);
  });
}

Deno.test("`textTone()` grows with words that agree, and with words that make them stronger", () => {
  const tones = ["fell slightly", "fell", "fell sharply", "fell sharply on weak demand"].map((text) => textTone(text));
  assert.deepEqual(tones, [-0.5 / 1.5, -1 / 2, -1.5 / 2.5, -2.5 / 3.5]);
});

Deno.test("`textTone()` lets a negation reach three words and no further, and not beyond its clause", () => {
  assert.equal(textTone("not a very big gain"), textTone("big gain")); // four words before
  assert.equal(textTone("not a big gain"), -1 / 3);
  assert.equal(textTone("Will it? No. Gains ahead"), 1 / 2);
  assert.equal(textTone("It isn’t strong"), -1 / 3);
});

Deno.test("`textTone()` prefers the longest entry", () => {
  assert.equal(textTone("cuts"), -1 / 2);
  assert.equal(textTone("cuts costs"), 1 / 2);
  assert.equal(textTone("cut price target"), -1 / 2);
});

Deno.test("`textTone()` does not mind letters' size or marks, and finds no words inside words", () => {
  assert.equal(textTone("ACME SURGES!"), textTone("acme surges"));
  assert.equal(textTone("Gainesville gasoline"), 0);
});

Deno.test("`textTone()` of nothing is missing, and of words without tone is 0", () => {
  for (const text of ["", " ", "..."]) assert.equal(textTone(text), NaN);
  assert.ok(Object.is(textTone("Tuesday"), 0));
  assert.ok(Object.is(textTone("gain and loss"), 0));
});

Deno.test("`textTone()` takes another lexicon", () => {
  assert.equal(textTone("moon", { lexicon: new Map([["moon", 2]]) }), 2 / 3);
});
