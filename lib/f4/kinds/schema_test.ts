import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type Panel, stableJson } from "@lib/core";
import {
  judgeClassifier,
  judgeClassifierClaim,
  judgeQuantiles,
  judgeQuantilesClaim,
  judgeVolatility,
  judgeVolatilityClaim,
  Ledger,
} from "../mod.ts";
import shared from "../scorecard.schema.json" with { type: "json" };
import { plantedKinds } from "./_planted_kinds.ts";
import schema from "./kinds.schema.json" with { type: "json" };

const validate = new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema);

/** The tables of all kinds: a panel, few names, one day, nothing, the same forecast everywhere. */
const panel = plantedKinds({ names: 8, days: 300 });
const tables: Record<string, Panel> = {
  panel,
  "one name": plantedKinds({ names: 1, days: 300 }),
  "one day": plantedKinds({ names: 8, days: 1 }),
  "no rows": panel.select(() => false),
  flat: panel.with({ signal: new Float64Array(panel.rows), truth: new Float64Array(panel.rows).fill(0.01) }),
};

const trial = { source: "a test", parameters: {}, data: [] };
const counting = () => ({ ledger: Ledger.inMemory(), trial, finalFrom: panel.dates[250], draws: 100 });

const withForecasts = (table: Panel) => {
  const [signal, truth] = [table.column("signal"), table.column("truth")];
  return table.with({
    probability: signal.map((value) => 1 / (1 + Math.exp(-0.2 * value))),
    volatility: truth,
    ...Object.fromEntries(
      [10, 50, 90].map((percent, at) => [`q${percent}`, truth.map((size) => 1.28 * (at - 1) * size)]),
    ),
  });
};

function check(card: unknown, name: string): void {
  const written = JSON.parse(stableJson(card)); // throws where a number is not finite
  const errors = () => JSON.stringify(validate.errors?.filter(({ keyword }) => keyword !== "oneOf").slice(-4));
  assert.ok(validate(written), `${name}: ${errors()}`);
}

Deno.test("the schema holds cards of all kinds and shapes, counted or not", async () => {
  for (const [name, bare] of Object.entries(tables)) {
    const table = withForecasts(bare);
    const draws = 100;
    check(judgeClassifier(table, { draws }), `classifier, ${name}`);
    check(judgeQuantiles(table, { draws }), `quantiles, ${name}`);
    check(judgeVolatility(table, { draws }), `volatility, ${name}`);
    check(await judgeClassifierClaim(table, counting()), `classifier claim, ${name}`);
    check(await judgeQuantilesClaim(table, counting()), `quantiles claim, ${name}`);
    check(await judgeVolatilityClaim(table, counting()), `volatility claim, ${name}`);
  }
});

Deno.test("the schema refuses what is no card of a kind", () => {
  const isCard = (value: unknown): boolean => validate(value);
  const card = judgeClassifier(withForecasts(panel), { draws: 100 });
  assert.ok(isCard(card));
  assert.ok(!isCard({ ...card, schema: "ai-stocks-lab/volatility/1" }));
  assert.ok(!isCard({ ...card, more: 1 }));
  assert.ok(!isCard({ ...card, headline: { ...card.headline, z: { value: null } } }));
});

Deno.test("both schemas describe what they share in the same words", () => {
  const own: Record<string, unknown> = schema.$defs;
  for (const [name, part] of Object.entries<unknown>(shared.$defs)) {
    if (name in own) assert.deepEqual(own[name], part, name);
  }
});
