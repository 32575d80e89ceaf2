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
