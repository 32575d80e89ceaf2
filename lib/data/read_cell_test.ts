import assert from "node:assert/strict";
import { readDay, readNumber } from "./read_cell.ts";

Deno.test("readDay() takes the day of a date or time stamp as it is written", () => {
  const stamps = [
    "2020-01-02",
    "2020-01-02T00:00:00Z",
    "2020-01-02 00:00:00",
    "2020-01-02 00:00",
    "2020-01-02T23:59:59.999-05:00",
    "2020-01-02 00:00:00+0900",
    "2020-01-02 00:00:00 Z",
  ];
  for (const text of stamps) assert.equal(readDay(text), "2020-01-02", text);
});

Deno.test("readDay() guesses no other way to write a date", () => {
  const others = ["", "2020/01/02", "01.02.2020", "1/2/2020", "20200102", "2020-1-2", "2020-02-30", "2020-13-01"];
  for (const text of [...others, "Jan 2, 2020", "1577923200", "2020-01-02x", " 2020-01-02"]) {
    assert.equal(readDay(text), undefined, text);
  }
});

Deno.test("readNumber() tells numbers, no value and no number apart", () => {
  const numbers = { "0": 0, "-1.5": -1.5, "+2.": 2, ".5": 0.5, "6.5e-3": 0.0065, "1E3": 1000 };
  for (const [text, value] of Object.entries(numbers)) assert.equal(readNumber(text), value, text);
  for (const text of ["", "NaN", "nan", "NA", "N/A", "#N/A", "null", "NULL", "None"]) {
    assert.ok(Number.isNaN(readNumber(text)), text);
  }
  for (const text of ["1,234", "1.234,5", "1 234", "0x10", "1e", "--1", "$5", "5%", "inf", "Infinity", "1e16", "-"]) {
    assert.equal(readNumber(text), undefined, text);
  }
});
