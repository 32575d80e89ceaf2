import { mean, standardDeviation } from "@lib/core";
import { LIMITS, type ModelCheck, type ModelKind } from "@lib/f4";
import type { Answer, Answers, Questions } from "./_ask_model.ts";

/** What is compared: the answers of two processes to the same questions. */
export interface Findings {
  here: Answers;
  elsewhere: Answers;
  kind: ModelKind;
  target: Float64Array | undefined;
  questions: Questions;
}

/** The checks of a model that was loaded, each with what was seen. */
export function modelFindings({ here, elsewhere, kind, target, questions }: Findings): ModelCheck[] {
  const { rows, columns } = questions;
  const { whole } = here;
  const loads = clear("loads in a fresh process", `${here.model} by ${here.engine}, in two processes`);
  if ("error" in whole) {
    const words = `${whole.error} for ${rows} rows of ${columns.length} features: ${whole.message}`;
    return [loads, found("one forecast a row", words), {
      check: "all else",
      outcome: "not checked",
      words: "there are no forecasts",
    }];
  }
  const { forecasts } = whole;
  const said = forecasts.slice(0, questions.fewRows);
  return [
    loads,
    forecasts.length === rows
      ? clear("one forecast a row", `${rows} forecasts of ${rows} rows`)
      : found("one forecast a row", `${forecasts.length} forecasts of ${rows} rows`),
    same("same bytes twice", forecasts, here.again, "asked once more"),
    same("same bytes in another process", forecasts, elsewhere.whole, "in another process, locale and time zone"),
    same("rows in another order", forecasts, here.reversed, "with the rows in the opposite order"),
    same("rows one by one", said, here.alone, "with each row asked alone"),
    here.isInputIntact && elsewhere.isInputIntact
      ? clear("leaves the rows alone", "the features are the same bytes afterwards")
      : found("leaves the rows alone", "the features were changed by forecasting"),
    inRange(forecasts, kind),
    missingFeatures(here, said.length, kind),
    ...wrongColumns(here),
    noRows(here.none),
    collapse(forecasts, kind, target),
  ];
}

const clear = (check: string, words: string): ModelCheck => ({ check, outcome: "clear", words });
const found = (check: string, words: string): ModelCheck => ({ check, outcome: "found", words });

function same(check: string, wanted: readonly number[], answer: Answer, when: string): ModelCheck {
  if ("error" in answer) return found(check, `${answer.error} ${when}: ${answer.message}`);
  const { forecasts } = answer;
  const other = wanted.filter((value, row) => !Object.is(value, forecasts[row])).length +
    Math.max(0, forecasts.length - wanted.length);
  return other === 0
    ? clear(check, `${wanted.length} forecasts are the same to the last bit ${when}`)
    : found(check, `${other} of ${wanted.length} forecasts differ ${when}`);
}

/** What a forecast of a kind can be, in words and as a question. */
function rangeOf(kind: ModelKind): { words: string; holds: (value: number) => boolean } {
  if (kind === "classifier") return { words: "a probability from 0 to 1", holds: (value) => value >= 0 && value <= 1 };
  if (kind === "volatility") {
    return {
      words: "a finite number above 0",
      holds: (value) => value > 0 && value < Infinity,
    };
  }
  return { words: "a finite number", holds: Number.isFinite };
}

function inRange(forecasts: readonly number[], kind: ModelKind): ModelCheck {
  const { words, holds } = rangeOf(kind);
  const outside = forecasts.filter((value) => !holds(value));
  const check = "range of its kind";
  if (outside.length === 0) return clear(check, `every forecast of the ${kind} is ${words}`);
  return found(check, `${outside.length} of ${forecasts.length} forecasts are not ${words}, the first ${outside[0]}`);
}

function missingFeatures({ missing }: Answers, rows: number, kind: ModelKind): ModelCheck {
  const check = "missing features";
  const { words, holds } = rangeOf(kind);
  for (const { column, answer } of missing) {
    if ("error" in answer) return found(check, `${answer.error} where ${column} is missing: ${answer.message}`);
    const bad = answer.forecasts.filter((value) => !holds(value)).length;
    if (bad > 0) return found(check, `${bad} of ${rows} forecasts are not ${words} where ${column} is missing`);
  }
  return clear(check, `every forecast is ${words} with any feature missing, and with all`);
}

function wrongColumns({ wrong }: Answers): ModelCheck[] {
  const check = "other features";
  const taken = wrong.flatMap(({ what, answer }) => {
    if ("forecasts" in answer) return [found(check, `features ${what} are taken for its own`)];
    if (answer.error === "TypeError") return [];
    return [found(check, `features ${what} give ${answer.error} and no TypeError: ${answer.message}`)];
  });
  return taken.length > 0 ? taken : [clear(check, `features ${wrong.map(({ what }) => what).join(", ")} are refused`)];
}

function noRows(answer: Answer): ModelCheck {
  const check = "no rows";
  if ("error" in answer) return found(check, `${answer.error}: ${answer.message}`);
  return answer.forecasts.length === 0
    ? clear(check, "no rows give no forecasts")
    : found(check, `no rows give ${answer.forecasts.length} forecasts`);
}

/** Whether forecasts say anything: their spread over that of the target, or over their own size. */
function collapse(forecasts: readonly number[], kind: ModelKind, target: Float64Array | undefined): ModelCheck {
  const check = "collapse";
  if (forecasts.length < 2) return { check, outcome: "not checked", words: "one row has no spread" };
  if (forecasts.every((value) => value === forecasts[0])) {
    return found(check, `all ${forecasts.length} forecasts are ${forecasts[0]}`);
  }
  const known = target?.filter(Number.isFinite) ?? new Float64Array();
  const bySize = kind === "quantile" || kind === "volatility";
  const size = bySize ? mean(forecasts.map(Math.abs)) : standardDeviation(known);
  const relative = standardDeviation(forecasts) / size;
  const to = bySize ? "their own mean size" : "that of the target";
  if (!Number.isFinite(relative)) {
    const words = `${
      new Set(forecasts).size
    } different forecasts; their spread cannot be told without a target that varies`;
    return { check, outcome: "not checked", words };
  }
  const words = `the spread of the forecasts is ${relative.toPrecision(3)} of ${to}`;
  const { collapsedRatio, scoreRatio } = LIMITS;
  if (relative < collapsedRatio.value) {
    return found(check, `${words}, below ${collapsedRatio.value}: they say next to nothing`);
  }
  if (!bySize && relative > scoreRatio.value) {
    return found(check, `${words}, above ${scoreRatio.value}: they are in another unit than what they forecast`);
  }
  return clear(check, words);
}
