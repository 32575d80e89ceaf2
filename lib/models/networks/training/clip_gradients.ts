import type { Numbers } from "./adam_w.ts";

/** Euclidean length of all gradients together. */
export function gradientNorm(gradients: Numbers): number {
  let squares = 0;
  for (const values of Object.values(gradients)) for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/** Gradients in the same direction, no longer than `most` together (Pascanu, Mikolov and Bengio 2013). */
export function clipGradients(gradients: Numbers, most: number): Numbers {
  const norm = gradientNorm(gradients);
  if (!(norm > most)) return gradients;
  const share = most / norm;
  return Object.fromEntries(
    Object.entries(gradients).map(([name, values]) => [name, values.map((value) => value * share)]),
  );
}
