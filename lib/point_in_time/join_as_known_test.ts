import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import type { AsKnownOptions } from "./as_known.ts";
import { joinAsKnown } from "./join_as_known.ts";
import { MARKET_HOURS } from "./market_hours.ts";
import { sessionCloses } from "./session_closes.ts";
import golden from "./testdata/join_as_known.json" with { type: "json" };

const panel = Panel.fromRows({
  symbol: golden.symbols.flatMap((symbol) => golden.days.map(() => symbol)),
  date: golden.symbols.flatMap(() => golden.days),
  columns: {},
});
const decisions = sessionCloses(panel, { hours: { ...MARKET_HOURS.newYorkShares, sessions: () => [] } });

function joined(
  records: Parameters<typeof joinAsKnown<"value">>[1],
  options: Omit<AsKnownOptions, "decisions"> = {},
): Float64Array {
  return joinAsKnown(panel, records, { columns: { value: "value" }, decisions, ...options }).column("value");
}

const cases: [keyof typeof golden & ("before" | "by" | "lag_2" | "stale_3"), Omit<AsKnownOptions, "decisions">][] = [
  ["before", {}],
  ["by", { known: "by" }],
  ["lag_2", { lagHours: 2 }],
  ["stale_3", { staleAfterDays: 3 }],
];
for (const [name, options] of cases) {
  Deno.test(`\`joinAsKnown()\` joins as merge_asof of pandas does: ${name}`, () => {
    assert.deepEqual(joined(golden.plain, options), Float64Array.from(golden[name], (value) => value ?? NaN));
  });
}

Deno.test("`joinAsKnown()` takes the latest revision of the latest period that pandas finds known", () => {
  assert.deepEqual(joined(golden.revised), Float64Array.from(golden.latest_word, (value) => value ?? NaN));
});

Deno.test("`joinAsKnown()` changes no row when records that came after its decision are taken away or altered", () => {
  const whole = joined(golden.revised);
  for (const cut of [10, 30, 50]) {
    const limit = decisions[cut];
    const isLate = ({ knownAt }: { knownAt: string }) => Date.parse(knownAt) >= limit;
    const altered = golden.revised.map((record) => isLate(record) ? { ...record, value: 99 } : record);
    for (const records of [golden.revised.filter((record) => !isLate(record)), altered]) {
      assert.deepEqual(joined(records).subarray(0, cut + 1), whole.subarray(0, cut + 1));
    }
  }
});

Deno.test("`joinAsKnown()` does not mind the order of the records", () => {
  assert.deepEqual(joined(golden.plain.toReversed()), joined(golden.plain));
  assert.deepEqual(joined(golden.revised.toReversed()), joined(golden.revised));
});

Deno.test("`joinAsKnown()` shows a value that was withdrawn as missing, and not the one before", () => {
  const at = (day: string, value: number) => ({ knownAt: `${day}T12:00:00Z`, value });
  const values = joined([at("2024-02-01", 1), at("2024-02-02", NaN), at("2024-02-05", 3)]);
  assert.deepEqual(values.subarray(0, 3), Float64Array.of(1, NaN, 3));
});

Deno.test("`joinAsKnown()` of no records is missing everywhere", () => {
  assert.ok(joined([]).every(Number.isNaN));
});

Deno.test("`joinAsKnown()` refuses records that do not say when they were known, or say it twice", () => {
  const record = { knownAt: "2024-02-01T12:00:00Z", value: 1 };
  const wrong: [Parameters<typeof joined>[0], RegExp][] = [
    [
      [{ ...record, knownAt: "2024-02-01" }],
      /knownAt must be an instant with time and zone, current value is 2024-02-01/,
    ],
    [[{ ...record, knownAt: "2024-02-01T12:00:00" }], /with time and zone/],
    [[{ ...record, knownAt: "2024-02-30T12:00:00Z" }], /with time and zone/],
    [[{ ...record, knownAt: new Date(NaN) }], /with time and zone/],
    [[record, record], /currently there are two of all symbols at 2024-02-01T12:00:00.000Z/],
    [[record, { ...record, symbol: "A" }], /two of/],
    [
      [{ ...record, period: "2024-01-01" }, { ...record, knownAt: "2024-02-02T12:00:00Z" }],
      /in all records or in none/,
    ],
    [[{ ...record, period: "2024-01" }], /period must be a date/],
  ];
  for (const [records, message] of wrong) assert.throws(() => joined(records), { name: "RangeError", message });
});

Deno.test("`joinAsKnown()` refuses options that look ahead or make no sense", () => {
  assert.throws(() => joined([], { lagHours: -1 }), { name: "RangeError", message: /lagHours/ });
  assert.throws(() => joined([], { staleAfterDays: 0 }), { name: "RangeError", message: /staleAfterDays/ });
  assert.throws(
    () => joinAsKnown(panel, [], { columns: {}, decisions: decisions.subarray(1) }),
    { name: "TypeError" },
  );
});
