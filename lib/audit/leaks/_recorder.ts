import type { Matrix, TrainingRows } from "@lib/dataset";
import type { Fit } from "@lib/models";

/** What one model was fitted on and what it was then asked to forecast. */
export interface RecordedFit {
  rows: TrainingRows;
  asked: Matrix[];
}

/** The same fit, of which every call is written down. */
export function recording(fit: Fit): { fit: Fit; fits: RecordedFit[] } {
  const fits: RecordedFit[] = [];
  return {
    fits,
    fit: async (rows, options) => {
      const record: RecordedFit = { rows, asked: [] };
      fits.push(record);
      const model = await fit(rows, options);
      return {
        description: model.description,
        predict: (features) => {
          record.asked.push(features);
          return model.predict(features);
        },
        featureImportance: () => model.featureImportance(),
        save: (folder, provenance) => model.save(folder, provenance),
        [Symbol.dispose]: () => model[Symbol.dispose](),
      };
    },
  };
}
