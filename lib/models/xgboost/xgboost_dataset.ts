import type { Rows } from "@lib/dataset";
import { arrayInterface, callXgboost, cText, XgboostHandle } from "./xgboost_library.ts";

/** Rows in XGBoost's memory, copied in single precision; the C API calls it a DMatrix. NaN is missing. */
export function xgboostDataset(
  { features: { values, rows, columns }, target, weight }: Pick<Rows, "features"> & Partial<Rows>,
  threads: number,
): XgboostHandle {
  const action = "hand rows to XGBoost";
  const dataset = new XgboostHandle("XGDMatrixFree", (cell) =>
    callXgboost(
      action,
      "XGDMatrixCreateFromDense",
      arrayInterface(values, [rows, columns.length]),
      cText(`{"missing": NaN, "nthread": ${threads}}`),
      cell,
    ));
  for (const [name, field] of Object.entries({ label: target, weight })) {
    if (field === undefined) continue;
    const single = new Float32Array(field);
    callXgboost(
      action,
      "XGDMatrixSetInfoFromInterface",
      dataset.pointer,
      cText(name),
      arrayInterface(single, [field.length]),
    );
  }
  return dataset;
}
