/** Contributions as shares of their sum, by name. */
export function importanceShares(names: readonly string[], contributions: Float64Array): Record<string, number> {
  const sum = contributions.reduce((total, contribution) => total + contribution, 0);
  return Object.fromEntries(names.map((name, i) => [name, sum > 0 ? contributions[i] / sum : 0]));
}
