import type { Manifest } from "@lib/manifest";

/** A small manifest, with the given parts in place of its own. */
export function exampleManifest(parts: Partial<Manifest> = {}): Manifest {
  return {
    notebook: "notebooks/n.ipynb",
    cells: [{ id: "a", source: "5a", outputs: "0a" }, { id: "b", source: "5b", outputs: "0b" }],
    steps: [{ name: "fit", key: "k1", output: "01", inputs: { rows: "r1" }, code: ["lib/fit.ts"] }],
    code: { "lib/fit.ts": "f1", "lib/show.ts": "51" },
    packages: { "npm:yaml": "2.9.1", "pypi:lightgbm": "4.7.0" },
    locks: { "deno.lock": "d1" },
    data: { bars: "b1" },
    upstream: {},
    parameters: { seed: 1 },
    engines: { deno: "2.9.8", lightgbm: "4.7.0 native" },
    machine: { cpu: "one", cores: "2", timeZone: "UTC" },
    repository: { commit: "c0ffee", tree: "clean" },
    ...parts,
  };
}
