/** Writes the models of _golden_models.ts as ONNX files into the folder that is named, for goldens.py. */
import { join } from "node:path";
import { goldenModels } from "../_golden_models.ts";
import { exportOnnx } from "../export_onnx.ts";

const [folder] = Deno.args;
for (const [name, fit] of Object.entries(goldenModels)) {
  using model = await fit();
  for (const precision of ["single", "double"] as const) {
    if (precision === "double" && name.startsWith("xgboost")) continue;
    await Deno.writeFile(join(folder, `${name}_${precision}.onnx`), exportOnnx(model, { precision }));
  }
}
