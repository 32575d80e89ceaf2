import assert from "node:assert/strict";
import { syntheticMarket } from "@lib/data";
import { judge, LEAKS, Ledger, scorecard } from "@lib/f4";
import type { FoldReport } from "@lib/models";
import { infoSheet, infoSheetFaults, type InfoSheetInput } from "./info_sheet.ts";
import { infoSheetMarkdown } from "./info_sheet_markdown.ts";
import { plantedStudy } from "./leaks/_planted_study.ts";
import { inspectRoad } from "./leaks/inspect_road.ts";

const road = await plantedStudy();
const names = { forecast: "forecast_ridge", actual: "target_return_1" };
const inspected = await inspectRoad(road, { ...names, seed: 1 });
const { source } = syntheticMarket({ seed: 1, symbols: 40, days: 480, informationCoefficient: 0 });
const reports: FoldReport[] = road.folds.map(({ name }) => ({
  fold: name,
  model: "ridge",
  engine: "ridge typescript",
  rounds: 1,
  fittedRows: 7600,
  stopRows: 0,
  testRows: 4800,
}));
const judging = { ledger: Ledger.inMemory(), trial: { source: "a test", parameters: {}, data: [] }, draws: 200 };
const card = await judge(road.judged, { ...names, ...judging, road: inspected });
const input: InfoSheetInput = { question: "Does noise tell anything?", source, road, reports, card };
const sheet = infoSheet(input);

Deno.test("infoSheet() answers for each of the eight leaks, from the checks of the road", () => {
  const asked = sheet.sections.flatMap(({ answers }) => answers).flatMap(({ checks }) =>
    checks.map(({ leak }) => leak)
  );
  assert.deepEqual(new Set(asked), new Set(LEAKS));
  const answers = sheet.sections.flatMap(({ answers }) => answers);
  assert.ok(
    answers.every(({ answer }) => answer !== "" && !/undefined|NaN|null/.test(answer)),
    JSON.stringify(answers),
  );
});

Deno.test("infoSheet() hangs on the record of the claim in the ledger, and says where there is none", () => {
  assert.ok("record" in card.trials);
  assert.equal(sheet.record, card.trials.record);
  const uncounted = infoSheet({ ...input, card: scorecard(road.judged, { ...names, draws: 200 }) });
  assert.equal(uncounted.record, null);
  assert.match(JSON.stringify(uncounted.sections), /not counted: /);
  assert.match(JSON.stringify(uncounted.sections), /no test set, preprocessing on train and test/);
});

Deno.test("infoSheet() is the same for the same claim, and stands as it was signed", () => {
  assert.deepEqual(infoSheet(input), sheet);
  assert.deepEqual(infoSheetFaults(sheet), []);
  assert.deepEqual(infoSheetFaults(sheet, input), []);
});

Deno.test("infoSheetFaults() finds an answer that was edited, and each part that is another", () => {
  const edited = structuredClone(sheet);
  edited.sections[0].answers[1].answer = "mean daily rank IC 0.1";
  assert.deepEqual(infoSheetFaults(edited), ["the sheet was changed after it was signed"]);
  const change = (other: Partial<InfoSheetInput>) => infoSheetFaults(sheet, { ...input, ...other });
  assert.deepEqual(change({ source: { ...source, digest: "0" } }), ["data: not what the sheet was signed for"]);
  assert.deepEqual(change({ reports: reports.slice(1) }), ["fits: not what the sheet was signed for"]);
  const steps = { ...road.steps, ranks: (panel: typeof road.market) => panel };
  assert.deepEqual(change({ road: { ...road, steps } }), ["code: not what the sheet was signed for"]);
  const judged = road.judged.select((row) => row > 0);
  assert.deepEqual(change({ road: { ...road, judged } }), ["judged: not what the sheet was signed for"]);
});

Deno.test("infoSheetMarkdown() shows every question and hash, and no cell breaks its table", () => {
  const page = infoSheetMarkdown({
    ...sheet,
    sections: [...sheet.sections, { title: "t", answers: [{ question: "q?", answer: "a | b <i>", checks: [] }] }],
  });
  for (const { answers } of sheet.sections) for (const { question } of answers) assert.ok(page.includes(question));
  for (const hash of [...Object.values(sheet.parts), sheet.record!, sheet.signature]) assert.ok(page.includes(hash));
  assert.ok(page.includes("a \\| b &lt;i>"));
  const rows = page.split("\n").filter((line) => line.startsWith("| ") && line.includes("| clear |"));
  assert.ok(rows.length >= 8 && rows.every((line) => line.split(/(?<!\\)\|/).length === 7));
});
