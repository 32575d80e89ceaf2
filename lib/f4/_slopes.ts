/**
 * Least-squares slopes from products of centred columns, by Cholesky.
 *
 * @param regressors How many columns explain; the one after them is explained.
 * @param product Sum of products of two centred columns, by their numbers; the second is never above the first.
 * @returns Undefined where the regressors cannot be told apart.
 */
export function slopesOf(regressors: number, product: (a: number, b: number) => number): Float64Array | undefined {
  const size = regressors;
  const factor = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let rest = product(a, b);
      for (let c = 0; c < b; c++) rest -= factor[a * size + c] * factor[b * size + c];
      if (a !== b) factor[a * size + b] = rest / factor[b * size + b];
      else if (rest > 1e-10 * product(a, a)) factor[a * size + a] = Math.sqrt(rest);
      else return undefined;
    }
  }
  const slopes = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    let rest = product(size, a);
    for (let c = 0; c < a; c++) rest -= factor[a * size + c] * slopes[c];
    slopes[a] = rest / factor[a * size + a];
  }
  for (let a = size - 1; a >= 0; a--) {
    let rest = slopes[a];
    for (let c = a + 1; c < size; c++) rest -= factor[c * size + a] * slopes[c];
    slopes[a] = rest / factor[a * size + a];
  }
  return slopes;
}
