/**
 * Resolves the Python locks again after a change of pipelines/setup/*.in: hashes, no addresses, every platform and
 * every Python from 3.10 on. What is in the lock keeps its version unless an .in file asks for another. Needs the
 * network; a minute.
 */
import { repositoryPath, writeAtomically } from "@lib/core";
import { $, cd } from "zx";

cd(repositoryPath("pipelines", "setup"));
const uv = repositoryPath(".tools", "python", "bin", "uv");
const flags = [
  "--quiet",
  "--universal",
  "--python-version",
  "3.10",
  "--generate-hashes",
  "--no-header",
  "--no-annotate",
];
const compile = async (source: string, ...more: string[]) => {
  const { stdout } = await $`${uv} pip compile ${flags} ${more} ${source}.in`;
  return stdout;
};
const kept = ["--constraints", "python.versions"];
const versions = (await Deno.readTextFile("python.lock")).split("\n").filter((line) => line.includes("=="));
await Deno.writeTextFile("python.versions", versions.map((line) => line.replace(/ \\$/, "")).join("\n"));
try {
  const [needs, alone] = [await compile("python", ...kept), await compile("python_alone", "--no-deps")];
  await writeAtomically("python.lock", needs + alone);
  await writeAtomically("bootstrap.lock", await compile("bootstrap", "--no-deps"));
  await writeAtomically("wasm.lock", await compile("wasm"));
  await writeAtomically("xgboost.lock", await compile("xgboost", "--no-deps"));
  for (const name of ["tensorflow_cpu", "tensorflow_gpu", "compiler"]) {
    await writeAtomically(`tensorflow/${name}.lock`, await compile(`tensorflow/${name}`, "--no-deps"));
  }
} finally {
  await Deno.remove("python.versions");
}
