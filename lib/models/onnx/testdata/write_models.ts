/** Writes the models of _golden_models.ts and _golden_networks.ts as ONNX files into the folder that is named, for goldens.py. */
import { join } from "node:path";
import { useBackend } from "@lib/tensorflow";
import { goldenModels } from "../_golden_models.ts";
import { goldenNetwork, goldenNetworkNames } from "../_golden_networks.ts";
import { exportOnnx } from "../export_onnx.ts";

const [folder] = Deno.args;
for (const [name, fit] of Object.entries(goldenModels)) {
  using model = await fit();
  for (const precision of ["single", "double"] as const) {
    if (precision === "double" && name.startsWith("xgboost")) continue;
    await Deno.writeFile(join(folder, `${name}_${precision}.onnx`), exportOnnx(model, { precision }));
  }
}

await useBackend({ backend: "cpu" });
for (const name of goldenNetworkNames) {
  await Deno.writeFile(join(folder, `network_${name}.onnx`), exportOnnx(goldenNetwork(name)));
}
