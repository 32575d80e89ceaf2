import { checkInteger, checkNumber } from "@lib/core";
import type { ParameterValue, RunMeasurements, SeriesPoint } from "./run_file.ts";

/** A number with the ends of its interval, null where there is none; or the reason why there is no number. */
export type MeasuredValue =
  | { value: number; low: number | null; high: number | null }
  | { value: null; reason: string };

/** What a run or one of its children notes down: parameters, metrics, series and tags, each name once. */
export class RunNotes {
  readonly #notes: RunMeasurements = { parameters: {}, metrics: {}, series: {}, tags: {} };
  #sealed = false;

  constructor(parameters: Readonly<Record<string, ParameterValue>>) {
    for (const [name, value] of Object.entries(parameters)) {
      for (const element of [value].flat()) {
        if (typeof element === "number") checkNumber("record a parameter", name, element);
      }
      this.claim("parameter", this.#notes.parameters, name, value);
    }
  }

  /**
   * Notes one number.
   *
   * @throws {RangeError} If the name is taken or the value is not finite.
   */
  metric(name: string, value: number): void {
    checkNumber("record a metric", name, value);
    this.claim("metric", this.#notes.metrics, name, value);
  }

  /**
   * Notes a number with its interval, as the judge gives it: metrics `<name>`, `<name>_low` and `<name>_high`. One that
   * does not exist is noted in words, as the tag `<name>_missing`.
   *
   * @throws {RangeError} If a name is taken.
   */
  measure(name: string, measure: MeasuredValue): void {
    if (measure.value === null) return this.tag(`${name}_missing`, measure.reason);
    this.metric(name, measure.value);
    if (measure.low !== null) this.metric(`${name}_low`, measure.low);
    if (measure.high !== null) this.metric(`${name}_high`, measure.high);
  }

  /**
   * Notes numbers in order, for example one for each fold. A missing value (NaN) leaves no point.
   *
   * @throws {RangeError} If the name is taken, a step is not whole or not above the one before it, or a value is infinite.
   */
  series(name: string, points: readonly SeriesPoint[]): void {
    let least = Number.MIN_SAFE_INTEGER;
    const known = points.filter(({ value }) => !Number.isNaN(value));
    for (const { step, value } of known) {
      checkInteger("record a series", `the next step of ${name}`, step, { least });
      checkNumber("record a series", `the value of ${name} at step ${step}`, value);
      least = step + 1;
    }
    this.claim("series", this.#notes.series, name, known.map(({ step, value }) => ({ step, value })));
  }

  /**
   * Notes a fact in words, for example the verdict.
   *
   * @throws {RangeError} If the name is taken.
   */
  tag(name: string, value: string): void {
    this.claim("tag", this.#notes.tags, name, value);
  }

  /** Ends the taking of notes, and returns them. */
  seal(): RunMeasurements {
    this.checkOpen("finish a run");
    this.#sealed = true;
    return this.#notes;
  }

  /** Refuses whatever comes after the end. */
  protected checkOpen(action: string): void {
    if (this.#sealed) throw new TypeError(`Cannot ${action}: the run must be open, current state is finished`);
  }

  /** Puts a value under a name that must be new, and one that every keeper of runs accepts. */
  protected claim<Value>(what: string, taken: Record<string, Value>, name: string, value: Value): void {
    this.checkOpen(`record a ${what}`);
    if (/^[A-Za-z0-9][\w ./:-]{0,249}$/.test(name) && !Object.hasOwn(taken, name)) taken[name] = value;
    else {
      throw new RangeError(
        `Cannot record a ${what}: its name must be new, at most 250 letters, digits, spaces or any of _./:- and begin ` +
          `with a letter or digit, current value is "${name}"`,
      );
    }
  }
}
