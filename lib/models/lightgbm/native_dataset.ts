import type { Matrix, Rows } from "@lib/dataset";
import { callLightgbm, cText, NativeHandle } from "./lightgbm_library.ts";

const float32 = 0; // the C API's codes of element types
const float64 = 1;
const rowMajor = 1;

/** The code of a matrix's element type in the C API. */
export function elementType(matrix: Matrix): number {
  return matrix.values instanceof Float32Array ? float32 : float64;
}

/**
 * Rows sorted into LightGBM's bins. Bins are placed by the rows themselves, or taken over from `reference`.
 *
 * Features and targets are copied; LightGBM keeps targets and weights in single precision.
 */
export function nativeDataset(
  { features, target, weight }: Rows,
  parameters: string,
  reference?: NativeHandle,
): NativeHandle {
  const action = "sort rows into LightGBM's bins";
  const { values, rows, columns } = features;
  const dataset = new NativeHandle("LGBM_DatasetFree", (cell) =>
    callLightgbm(
      action,
      "LGBM_DatasetCreateFromMat",
      values,
      elementType(features),
      rows,
      columns.length,
      rowMajor,
      cText(parameters),
      reference?.pointer ?? null,
      cell,
    ));
  const setField = (name: string, field: Float64Array) =>
    callLightgbm(
      action,
      "LGBM_DatasetSetField",
      dataset.pointer,
      cText(name),
      new Float32Array(field),
      rows,
      float32,
    );
  setField("label", target);
  if (weight) setField("weight", weight);
  if (!reference) setFeatureNames(dataset, columns);
  return dataset;
}

function setFeatureNames(dataset: NativeHandle, columns: readonly string[]): void {
  const texts = columns.map(cText);
  const addresses = BigUint64Array.from(texts, (text) => Deno.UnsafePointer.value(Deno.UnsafePointer.of(text)));
  callLightgbm("name features", "LGBM_DatasetSetFeatureNames", dataset.pointer, addresses, columns.length);
  texts.length = 0; // the texts had to outlive the call, which knows them by address only
}
