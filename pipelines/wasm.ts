/**
 * Makes the npm package lightgbm-wasm: LightGBM's own C++ compiled to WebAssembly, with our TypeScript around it.
 *
 * Reads the locks pipelines/setup/wasm*.lock and lib/lightgbm/wasm; writes .tools/lightgbm-wasm, and keeps compiler and
 * sources in .tools/wasm. Some minutes on two cores the first time, then seconds: what is compiled has to have the hash
 * in lib/lightgbm/wasm/expected.json. Run: make wasm, or deno run -A pipelines/wasm.ts --help
 */
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { checkInteger, repositoryPath, sha256File, writeAtomically } from "@lib/core";
import { chalk } from "zx";
import { compileLightgbm } from "./wasm/compile_lightgbm.ts";
import { exportedFunctions } from "./wasm/exported_functions.ts";
import { fetchSources } from "./wasm/fetch_sources.ts";
import { packLightgbm } from "./wasm/pack_lightgbm.ts";

const HELP = `Makes the npm package lightgbm-wasm in .tools/lightgbm-wasm

  --twice      compile in two folders and compare, whatever is there already
  --accept     take the hash of what was compiled as the expected one
  --cores=2    how many files are compiled at a time; without it as many as the machine has cores
  --help       show this text

Exit code: 0 the package is there; 1 it could not be made, or is not what was expected`;

const EXPECTED = repositoryPath("lib", "lightgbm", "wasm", "expected.json");
const TARGET = repositoryPath(".tools", "lightgbm-wasm");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      twice: { type: "boolean" },
      accept: { type: "boolean" },
      cores: { type: "string", default: String(availableParallelism()) },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(HELP);
  const processes = Number(values.cores);
  checkInteger("make lightgbm-wasm", "--cores", processes, { least: 1 });
  const sources = await fetchSources();
  const expected = JSON.parse(await Deno.readTextFile(EXPECTED)).sha256;
  const compile = async () => {
    const folder = await Deno.makeTempDir({ prefix: "lightgbm-wasm-" });
    const begin = performance.now();
    console.log(`Compiling LightGBM ${sources.version} ...`);
    const ownFolder = repositoryPath("lib", "lightgbm", "wasm", "source");
    const module = await compileLightgbm(folder, {
      ...sources,
      ownFolder,
      functions: await exportedFunctions(),
      processes,
    });
    const [hash, { size }] = [await sha256File(module), await Deno.stat(module)];
    console.log(`  ${((performance.now() - begin) / 1000).toFixed(0)} s, ${size} bytes, sha256 ${hash}`);
    return { module, hash };
  };

  const present = join(TARGET, "lightgbm.wasm");
  const isThere = await sha256File(present).catch(() => "") === expected && !values.twice && !values.accept;
  const made = isThere ? { module: present, hash: expected } : await compile();
  try {
    if (values.twice) {
      const again = await compile();
      await Deno.remove(dirname(again.module), { recursive: true });
      if (again.hash !== made.hash) throw new Error(`Cannot make lightgbm-wasm: two builds must be the same bytes`);
      console.log("Both builds are the same bytes");
    }
    if (values.accept) {
      await writeAtomically(
        EXPECTED,
        JSON.stringify({ lightgbm: sources.version, sha256: made.hash }, undefined, 2) + "\n",
      );
    } else if (made.hash !== expected) {
      throw new Error(
        `Cannot make lightgbm-wasm: its sha256 must be ${expected}, current value is ${made.hash}; --accept records it`,
      );
    }
    await packLightgbm(TARGET, { ...sources, module: made.module });
  } finally {
    if (!isThere) await Deno.remove(dirname(made.module), { recursive: true });
  }
  console.log(`${chalk.bold(".tools/lightgbm-wasm")} is the package; make test tries it in Deno, Node and Chromium`);
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  Deno.exit(1);
}
