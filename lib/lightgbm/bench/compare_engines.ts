/**
 * Fits drawn cases (objectives, parameters, weights, kinds, holes) natively on one thread and on two and in WebAssembly,
 * and counts where trees, raw scores or SHAP values are other bytes; ends with an error if there are any.
 *
 * Reads the module that `make wasm` built. Some hundred cases a minute.
 * Run: deno run -A lib/lightgbm/bench/compare_engines.ts [cases, default 360] [first, default 0] [path of lightgbm.wasm]
 */
import { nativeLightgbm, wasmLightgbm } from "@lib/lightgbm";
import { type Fingerprint, fingerprint, randomCase } from "../testdata/random_cases.ts";

const [count = "360", first = "0", path] = Deno.args;
const native = nativeLightgbm();
const wasm = await wasmLightgbm(path);
const engines: Record<string, (drawn: ReturnType<typeof randomCase>) => Fingerprint> = {
  "native, two threads": (drawn) => fingerprint(native, drawn, { threads: 2 }),
  [wasm.engine]: (drawn) => fingerprint(wasm, drawn),
};
const differences: string[] = [];
for (let index = Number(first); index < Number(first) + Number(count); index++) {
  const drawn = randomCase(index);
  const expected = fingerprint(native, drawn);
  for (const [engine, fit] of Object.entries(engines)) {
    const current = fit(drawn);
    for (const what of ["trees", "scores", "contributions"] as const) {
      if (current[what] !== expected[what]) differences.push(`case ${drawn.name}: other ${what}, ${engine}`);
    }
  }
}
for (const difference of differences) console.log(difference);
console.log(
  `${count} cases, ${native.engine} and ${Object.keys(engines).join(" and ")}: ${differences.length} differences`,
);
if (differences.length > 0) Deno.exit(1);
