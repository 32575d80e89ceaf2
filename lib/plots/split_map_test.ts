import assert from "node:assert/strict";
import { renderSvg } from "./render_figure.ts";
import { splitMap } from "./split_map.ts";

const dates = Array.from({ length: 10 }, (_, day) => `202${day < 4 ? 0 : 1}-01-${String(day + 10)}`);
const split = { name: "1+3", trainDays: [[3, 5], [9, 10]] as const, testDays: [[0, 2], [6, 8]] as const };

Deno.test("splitMap() gives every day of a split one use, and names years where they begin", async () => {
  const figure = splitMap([split], dates);
  const lengths = figure.data.map(({ name, x }) => [name, (x as number[]).reduce((sum, days) => sum + days, 0)]);
  assert.deepEqual(lengths, [["learnt from", 3], ["tested", 4], ["left out", 3]]);
  assert.deepEqual((figure.layout.xaxis as { ticktext: string[] }).ticktext, ["2020", "2021"]);
  assert.match(await renderSvg(figure), /left out/);
});

Deno.test("splitMap() refuses days that overlap or do not exist", () => {
  assert.throws(() => splitMap([{ ...split, trainDays: [[1, 5]] }], dates), {
    name: "RangeError",
    message:
      "Cannot draw a map of splits: days must rise from 0 to 10 without overlap, current ones of split 1+3 are " +
      "1 to 5 after 2",
  });
  assert.throws(() => splitMap([{ ...split, trainDays: [[9, 11]] }], dates), /current ones of split 1\+3 are 9 to 11/);
});
