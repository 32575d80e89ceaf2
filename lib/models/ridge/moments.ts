import { type Rows, type Scaler, standardise } from "@lib/dataset";

/** Weighted means, variances and covariances of standardised features and the target. */
export interface Moments {
  /** Mean of each standardised feature, shape (columns,); 0 up to rounding unless rows are weighted. */
  readonly featureMean: Float64Array;
  /** Mean of the target. */
  readonly targetMean: number;
  /** Covariances of the features (divisor: sum of weights), row-major, shape (columns, columns). */
  readonly covariance: Float64Array;
  /** Covariance of each feature with the target, shape (columns,). */
  readonly withTarget: Float64Array;
}

const blockRows = 512; // a block of standardised rows, by columns, stays in the processor's cache

/** Adds up the moments in blocks of rows, so that no standardised copy of all rows is ever held. */
export function moments({ features, target, weight }: Rows, scaler: Scaler): Moments {
  const width = features.columns.length;
  const sums = new Float64Array(width);
  const products = new Float64Array(width * width);
  const targetProducts = new Float64Array(width);
  const columns = Array.from({ length: width }, () => new Float64Array(blockRows));
  const weighted = new Float64Array(blockRows);
  let [weightSum, targetSum] = [0, 0];
  for (let from = 0; from < features.rows; from += blockRows) {
    const to = Math.min(from + blockRows, features.rows);
    const rows = to - from;
    const block = standardise(features, scaler, { from, to });
    for (let column = 0; column < width; column++) {
      for (let row = 0; row < rows; row++) columns[column][row] = block[row * width + column];
    }
    for (let row = 0; row < rows; row++) {
      weightSum += weight?.[from + row] ?? 1;
      targetSum += (weight?.[from + row] ?? 1) * target[from + row];
    }
    for (let column = 0; column < width; column++) {
      const own = columns[column];
      for (let row = 0; row < rows; row++) {
        weighted[row] = weight ? weight[from + row] * own[row] : own[row];
        sums[column] += weighted[row];
        targetProducts[column] += weighted[row] * target[from + row];
      }
      for (let other = 0; other <= column; other++) {
        products[column * width + other] += dot(weighted, columns[other], rows);
      }
    }
  }
  const featureMean = sums.map((sum) => sum / weightSum);
  const targetMean = targetSum / weightSum;
  const covariance = products.map((product, at) => {
    const [column, other] = [Math.floor(at / width), at % width];
    return other <= column ? product / weightSum - featureMean[column] * featureMean[other] : 0;
  });
  for (let column = 0; column < width; column++) {
    for (let other = column + 1; other < width; other++) {
      covariance[column * width + other] = covariance[other * width + column];
    }
  }
  const withTarget = targetProducts.map((product, column) => product / weightSum - featureMean[column] * targetMean);
  return { featureMean, targetMean, covariance, withTarget };
}

function dot(x: Float64Array, y: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += x[i] * y[i];
  return sum;
}
