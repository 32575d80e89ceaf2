import { join } from "node:path";
import type { Matrix } from "@lib/dataset";
import type { Forecaster } from "@lib/models";

/** What a model answered: forecasts, or the error that it threw. */
export type Answer = { forecasts: number[] } | { error: string; message: string };

/** What is asked of a model, by name; written by one process and answered by another. */
export interface Questions {
  /** Module with a `loadForecaster`, and the folder of the model. */
  loader: string;
  folder: string;
  columns: string[];
  rows: number;
  /** Bytes of an element: 4 or 8. */
  bytes: number;
  /** Rows that are forecast one by one, and with columns missing. */
  fewRows: number;
}

/** What a process found out about a model. */
export interface Answers {
  /** Why it could not be loaded; all else is then missing. */
  failure?: string;
  model: string;
  engine: string;
  /** All rows; and once more by the same process. */
  whole: Answer;
  again: Answer;
  /** All rows in the opposite order, put back. */
  reversed: Answer;
  /** The first rows, each by itself. */
  alone: Answer;
  /** The first rows with one column missing, for each column; then with none known. */
  missing: { column: string; answer: Answer }[];
  /** Columns that are not those of the model, by what is wrong with them. */
  wrong: { what: string; answer: Answer }[];
  none: Answer;
  /** Whether the matrix still holds what it held. */
  isInputIntact: boolean;
}

/** Where questions, values and answers lie in the folder that two processes share. */
export const QUESTIONS = "questions.json";
export const VALUES = "values.bin";
export const ANSWERS = "answers.json";

/** Answers the questions in a folder: the part that runs in a process of its own. */
export async function answerQuestions(shared: string): Promise<Answers> {
  const questions: Questions = JSON.parse(await Deno.readTextFile(join(shared, QUESTIONS)));
  const { buffer } = await Deno.readFile(join(shared, VALUES));
  const values = questions.bytes === 4 ? new Float32Array(buffer) : new Float64Array(buffer);
  const { columns, rows, fewRows } = questions;
  const width = columns.length;
  const matrix: Matrix = { values, rows, columns };
  const few: Matrix = { values: values.slice(0, fewRows * width), rows: fewRows, columns };
  const rowsOf = (order: readonly number[]): Matrix => {
    const picked = values.slice(0, order.length * width);
    order.forEach((row, place) => picked.set(values.subarray(row * width, (row + 1) * width), place * width));
    return { values: picked, rows: order.length, columns };
  };
  const { loadForecaster } = await import(questions.loader) as {
    loadForecaster: (folder: string) => Promise<Forecaster>;
  };
  using model = await loadForecaster(questions.folder);
  const ask = (question: Matrix): Answer => {
    try {
      return { forecasts: Array.from(model.predict(question)) };
    } catch (error) {
      const { name, message } = error as Error;
      return { error: name, message };
    }
  };
  const before = values.slice();
  const whole = ask(matrix);
  const backwards = ask(rowsOf(Array.from({ length: rows }, (_, place) => rows - 1 - place)));
  const single = Array.from({ length: fewRows }, (_, row) => ask(rowsOf([row])));
  const without = (isGone: (column: number) => boolean) =>
    ask({ ...few, values: few.values.map((value, at) => isGone(at % width) ? NaN : value) });
  const renamed = (names: string[]) => ask({ ...few, columns: names });
  return {
    model: model.description.model,
    engine: model.description.engine,
    whole,
    again: ask(matrix),
    reversed: "forecasts" in backwards ? { forecasts: backwards.forecasts.reverse() } : backwards,
    alone: single.find((answer) => "error" in answer) ??
      { forecasts: single.flatMap((answer) => "forecasts" in answer ? answer.forecasts : []) },
    missing: [
      ...columns.map((column, place) => ({ column, answer: without((other) => other === place) })),
      { column: "all columns", answer: without(() => true) },
    ],
    wrong: [
      { what: "in another order", answer: width > 1 ? renamed([...columns].reverse()) : renamed(["another"]) },
      {
        what: "of which one has another name",
        answer: renamed(columns.map((name, i) => i === 0 ? `not_${name}` : name)),
      },
      {
        what: "of which the last is left out",
        answer: ask({
          values: few.values.filter((_, at) => at % width < width - 1),
          rows: fewRows,
          columns: columns.slice(0, -1),
        }),
      },
      {
        what: "and one more",
        answer: ask({
          values: widened(few),
          rows: fewRows,
          columns: [...columns, "one_more"],
        }),
      },
    ],
    none: ask({ ...few, values: few.values.slice(0, 0), rows: 0 }),
    isInputIntact: values.every((value, at) => Object.is(value, before[at])),
  };
}

/** The same rows with a column of zeros behind the others. */
function widened({ values, rows, columns: { length: width } }: Matrix): Matrix["values"] {
  const wide = values instanceof Float32Array
    ? new Float32Array(rows * (width + 1))
    : new Float64Array(rows * (width + 1));
  for (let row = 0; row < rows; row++) wide.set(values.subarray(row * width, (row + 1) * width), row * (width + 1));
  return wide;
}
