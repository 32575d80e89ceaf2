import { sha256 } from "@lib/core";
import { joinRowSets, type Rows, type TrainingRows } from "@lib/dataset";
import type { Fit, FitOptions, Forecaster, ForecasterDescription } from "../forecaster.ts";
import { rowsDigest } from "../learnt_from.ts";
import { CalibratedForecaster } from "./calibrated_forecaster.ts";
import type { Calibration } from "./calibration.ts";
import type { Threshold } from "./choose_threshold.ts";

/** Fits a model without the calibration rows, then sets it right by what it forecasts of them. */
export async function fitAndSetRight(
  rows: TrainingRows,
  { fit, options, settings, setRight }: {
    fit: Fit;
    options: FitOptions;
    settings: Readonly<Record<string, unknown>>;
    setRight: (forecasts: Float64Array, calibration: Rows) => { calibration: Calibration; threshold?: Threshold };
  },
): Promise<CalibratedForecaster> {
  const { calibration: apart, ...training } = rows;
  if (apart === undefined) {
    throw new RangeError("Cannot fit a calibrated model: there must be rows to calibrate on, current number is 0");
  }
  const model = await fit(training, options);
  try {
    const { calibration, threshold } = setRight(model.predict(apart.features), apart);
    return new CalibratedForecaster(describe(model, apart, settings), model, calibration, threshold);
  } catch (error) {
    model[Symbol.dispose]();
    throw error;
  }
}

function describe(
  model: Forecaster,
  apart: Rows,
  settings: Readonly<Record<string, unknown>>,
): ForecasterDescription {
  const { model: of, options: ofOptions, seen, data, code: _, ...description } = model.description;
  return {
    ...description,
    model: "calibrated",
    options: { ...settings, of, ofOptions },
    calibrationRows: apart.features.rows,
    ...(data !== undefined && { data: sha256(`${data},${rowsDigest(apart)}`) }),
    ...(seen && apart.seen && { seen: joinRowSets([seen, apart.seen]) }),
  };
}
