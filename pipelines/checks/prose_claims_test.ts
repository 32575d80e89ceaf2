import assert from "node:assert/strict";
import { type Claim, parseClaims, proseFaults } from "./prose_claims.ts";
import { proseNumbers } from "./prose_numbers.ts";

const texts = (markdown: string) => proseNumbers(markdown).map(({ text }) => text);

Deno.test("proseNumbers() finds results, measurements and large counts", () => {
  assert.deepEqual(
    texts("An IC of 0.0237 (−0.0078 to +1.3), 2,517 days, 431 names, 12 % lost in 7 ms; 3 times, 5 GB."),
    [
      "0.0237",
      "−0.0078",
      "+1.3",
      "2,517",
      "431",
      "12",
      "7",
      "3",
      "5",
    ],
  );
  assert.deepEqual(texts("Takes two and a half minutes, then about a minute, half\nan hour, three times as long."), [
    "two and a half minutes",
    "a minute",
    "half\nan hour",
    "three times",
  ]);
});

Deno.test("proseNumbers() leaves out code, links, dates, versions, names, settings and what is generated", () => {
  const prose =
    "`0.5` [a](b/0.5) 2026-11-23 in 2016 to 2023, 1.5.1, SHA-256, GPL-3.0, F4, 32-bit, x86_64, 5 days, 1, 5 and " +
    "20 days, a minute later, https://a.b/0.5 <!-- 0.5 -->\n\n1. first\n12. twelfth\n\n```\n0.5\n```\n" +
    "<!-- results -->\n| 0.5 |\n<!-- /results -->\n";
  assert.deepEqual(texts(prose), []);
});

const backing = {
  recorded: new Map([["bars/one rank_ic", 0.02374], ["bars/one rounds", 200], ["bars/one hit_rate", 0.5149]]),
  textOf: (path: string) => path === "counts.json" ? '{"days": 2517, "limit": 0.01, "share": 0.7073}' : undefined,
};
const faults = (markdown: string, ...claims: Claim[]) => proseFaults(markdown, claims, backing);

Deno.test("proseFaults() wants a backing for each number, and names recorded values that it could be", () => {
  assert.deepEqual(faults("# A\n\nReaches 0.0237 and 9.9."), [
    'line 3: nothing backs 0.0237 in "# A Reaches 0.0237 and 9.9."; it could be bars/one rank_ic',
    'line 3: nothing backs 9.9 in "# A Reaches 0.0237 and 9.9."',
  ]);
});

Deno.test("proseFaults() holds a number against the record, rounded as it is written", () => {
  const claim = { says: "reaches 0.0237", recorded: "bars/one rank_ic" };
  assert.deepEqual(faults("It reaches\n0.0237.", claim), []);
  assert.deepEqual(
    faults("0.024 of 200, 51.5 %", {
      says: "0.024 of 200, 51.5 %",
      recorded: ["bars/one rank_ic", "bars/one rounds", "bars/one hit_rate"],
    }),
    [],
  );
  assert.deepEqual(faults("It reaches 0.0238.", { ...claim, says: "reaches 0.0238" }), [
    "line 1: 0.0238 must be bars/one rank_ic, which is 0.02374",
  ]);
  assert.deepEqual(faults("It reaches 0.0237.", { ...claim, recorded: "bars/two rank_ic" }), [
    "line 1: nothing is recorded as bars/two rank_ic",
  ]);
  assert.match(faults("0.0237 to 0.03", { ...claim, says: "0.0237 to 0.03" }).join(), /holds 2 numbers, not 1/);
});

Deno.test("proseFaults() looks a number up in the file that is named", () => {
  assert.deepEqual(faults("2,517 days, 1 % and +71 %", { says: "2,517 days, 1 % and +71 %", in: "counts.json" }), []);
  assert.deepEqual(faults("2,518 days", { says: "2,518 days", in: "counts.json" }), [
    "line 1: counts.json does not hold 2,518",
  ]);
  assert.deepEqual(faults("2,518 days", { says: "2,518 days", in: "gone.json" }), [
    "line 1: there is no file gone.json",
  ]);
});

Deno.test("proseFaults() takes a heading for all below it, less what is claimed by its words", () => {
  const page = "# Trials\n\n0.5 and 0.6\n\n## Later\n\n0.0237\n\n# Other\n\n0.7";
  const below = { under: "Trials", in: "gone.json" };
  const words = { says: "0.5 and 0.6", definition: "an example" };
  assert.deepEqual(faults(page, below, words, { says: "0.0237", recorded: "bars/one rank_ic" }), [
    'line 1: "Trials" holds no number that needs a claim',
    'line 11: nothing backs 0.7 in "0.5 and 0.6 ## Later 0.0237 # Other 0.7"',
  ]);
});

Deno.test("proseFaults() finds claims that nobody makes any more", () => {
  assert.deepEqual(faults("Nothing.", { says: "reaches 0.0237", recorded: "bars/one rank_ic" }), [
    'nothing says "reaches 0.0237" any more; take it out of the claims',
  ]);
  const everywhere = [{ says: "95 % interval", definition: "the level" }];
  assert.deepEqual(proseFaults("Its 95 % interval.", [], { ...backing, everywhere }), []);
  assert.deepEqual(proseFaults("Nothing.", [], { ...backing, everywhere }), []);
});

Deno.test("parseClaims() refuses claims without place, backing or date", () => {
  const refused = (claim: string, message: RegExp) =>
    assert.throws(() => parseClaims(`README.md:\n  - ${claim}`), { name: "SyntaxError", message });
  refused("{ says: a 1.5, recordet: b }", /keys must be among .* current one is .*recordet/);
  refused("{ recorded: b }", /either says or under/);
  refused("{ says: a 1.5 }", /one of recorded, in, definition, source/);
  refused("{ says: a 1.5, in: b, definition: c }", /one of recorded/);
  refused("{ says: a 1.5, source: b }", /date as YYYY-MM-DD/);
  assert.deepEqual(parseClaims("README.md:\n  - { says: a 1.5, source: b, date: 2026-11-23 }"), {
    "README.md": [{ says: "a 1.5", source: "b", date: "2026-11-23" }],
  });
  assert.deepEqual(parseClaims("# nothing yet"), {});
});
