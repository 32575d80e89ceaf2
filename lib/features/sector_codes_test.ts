import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
import { sectorCodes, type SectorRecord } from "./sector_codes.ts";

const days = ["2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07"];
const panel = Panel.fromRows({
  symbol: ["A", "B", "C"].flatMap((symbol) => days.map(() => symbol)),
  date: [...days, ...days, ...days],
  columns: {},
});
const decisions = sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares });
const records: readonly SectorRecord[] = [
  { symbol: "B", knownAt: "2020-01-03T12:00:00Z", effective: "2020-01-06", sector: "energy" },
  { symbol: "A", knownAt: "2020-01-01T12:00:00Z", sector: "utilities" },
  { symbol: "B", knownAt: "2020-01-01T12:00:00Z", sector: "utilities" },
  { symbol: "A", knownAt: "2020-01-06T22:00:00Z", effective: "2020-01-03" },
];

function sectorsOf(known: readonly SectorRecord[], of = panel, closes = decisions): (string | undefined)[] {
  const { codes, sectors } = sectorCodes(of, known, { decisions: closes });
  return Array.from(codes, (code) => sectors[code]);
}

Deno.test("sectorCodes() lets a change count from the day on which it is known and in force", () => {
  assert.deepEqual(sectorsOf(records), [
    ...["utilities", "utilities", "utilities", undefined], // told late, and so not before it was told
    ...["utilities", "utilities", "energy", "energy"],
    ...[undefined, undefined, undefined, undefined],
  ]);
});

Deno.test("sectorCodes() gives the same sectors in whatever order records come, and without those of later days", () => {
  assert.deepEqual(sectorsOf(records.toReversed()), sectorsOf(records));
  const isEarly = (row: number) => panel.dayOf[row] < 2;
  const early = sectorsOf(records.slice(0, 3), panel.select(isEarly), decisions.filter((_, row) => isEarly(row)));
  assert.deepEqual(early, sectorsOf(records).filter((_, row) => isEarly(row)));
});

Deno.test("sectorCodes() knows of no sector without records", () => {
  assert.deepEqual(sectorCodes(panel, [], { decisions }).sectors, []);
  assert.ok(sectorsOf([]).every((sector) => sector === undefined));
});
