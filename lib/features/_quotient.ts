import { once } from "./_once.ts";

/** `numerator / denominator`; NaN where that is no finite number, so that a division by zero never looks like a value. */
export function quotient(numerator: number, denominator: number): number {
  const value = numerator / denominator;
  return Number.isFinite(value) ? value : NaN;
}

/** {@linkcode quotient}, value by value; both of shape (days,). */
export function quotients(numerators: Float64Array, denominators: Float64Array): Float64Array {
  const values = new Float64Array(numerators.length);
  for (let day = 0; day < values.length; day++) values[day] = quotient(numerators[day], denominators[day]);
  return values;
}

/** ln(numerator / denominator); NaN unless both are positive. */
export function logQuotient(numerator: number, denominator: number): number {
  return numerator > 0 && denominator > 0 ? Math.log(numerator / denominator) : NaN;
}

/** ln(numerator / denominator), value by value; both of shape (days,). */
export function logQuotients(numerators: Float64Array, denominators: Float64Array): Float64Array {
  return once("log quotients", [numerators, denominators], () => {
    const values = new Float64Array(numerators.length);
    for (let day = 0; day < values.length; day++) values[day] = logQuotient(numerators[day], denominators[day]);
    return values;
  });
}

/** `value - other`, value by value; both of shape (days,). */
export function differences(values: Float64Array, others: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let day = 0; day < result.length; day++) result[day] = values[day] - others[day];
  return result;
}

/** `(value - base) / base`, value by value, as {@linkcode quotient}; both of shape (days,). */
export function relativeDifferences(values: Float64Array, bases: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let day = 0; day < result.length; day++) result[day] = quotient(values[day] - bases[day], bases[day]);
  return result;
}

/** `(value - bottom) / (top - bottom)`, value by value, as {@linkcode quotient}; all of shape (days,). */
export function positions(values: Float64Array, bottoms: Float64Array, tops: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let day = 0; day < result.length; day++) {
    result[day] = quotient(values[day] - bottoms[day], tops[day] - bottoms[day]);
  }
  return result;
}
