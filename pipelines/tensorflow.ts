/**
 * Sets up TensorFlow's native library for TensorFlow.js in .tools/tensorflow: the library and its headers out of the
 * Python wheel, the kernels out of the npm package, the binding between them compiled here. Everything is pinned by hash
 * in pipelines/setup/tensorflow. Without it `useBackend` computes on WebAssembly, slower. Linux only; a minute and
 * 0.9 GB; needs the network once, and does nothing when what these locks name is there.
 *
 *   make tensorflow           for processors
 *   make tensorflow GPU=1     for NVIDIA's cards, with CUDA's libraries: several GB
 *   make tensorflow ZIG=1     compiled by the pinned compiler, also where there is another
 */
import { repositoryPath, sha256 } from "@lib/core";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { $, glob, which } from "zx";

const { values: { gpu, zig } } = parseArgs({ options: { gpu: { type: "boolean" }, zig: { type: "boolean" } } });
const locks = repositoryPath("pipelines", "setup", "tensorflow");
const wheels = gpu ? "tensorflow_gpu.lock" : "tensorflow_cpu.lock";
const folder = repositoryPath(".tools", "tensorflow");
const part = `${folder}.part`;
const python = repositoryPath(".tools", "python", "bin", "python");

const core = 'module.exports = globalThis[Symbol.for("@tensorflow/tfjs-core")];\n';

/**
 * What the kernels find instead of the packages that they want: the core that is there already, put into their way by
 * `lib/tensorflow`, and nothing for saved graphs, which nobody reads.
 */
const inserts = {
  "package.json": '{ "type": "commonjs" }\n',
  "node_modules/@tensorflow/tfjs/index.js": core,
  "node_modules/@tensorflow/tfjs-core/index.js": core,
  "proto/api_pb.js": "module.exports = {};\n",
};

/** Unpacks the packages of a lock, whatever Python is here: no Python of theirs is run. */
async function unpack(lock: string, target: string): Promise<void> {
  const downloads = join(part, "downloads");
  const options = ["--quiet", "--no-cache-dir", "--disable-pip-version-check", "--no-deps", "--require-hashes"];
  const binaries = ["--only-binary=:all:", "--python-version=3.12"];
  await $`${python} -m pip download ${options} ${binaries} -r ${join(locks, lock)} -d ${downloads}`;
  for (const wheel of await glob("*.whl", { cwd: downloads, absolute: true })) {
    await $`${python} -m zipfile -e ${wheel} ${target}`;
  }
  await rm(downloads, { recursive: true });
}

/** Compiles the binding with the machine's compiler, or with one that is fetched. */
async function compile(library: string, packages: string): Promise<void> {
  const own = zig ? null : await which("c++", { nothrow: true }) ?? await which("g++", { nothrow: true });
  let compiler = [own ?? ""];
  if (!own) {
    await unpack("compiler.lock", join(part, "compiler"));
    const program = join(part, "compiler", "ziglang", "zig");
    await $`chmod +x ${program}`;
    compiler = [program, "c++"];
  }
  const sources = await glob("@tensorflow/tfjs-node/binding/*.cc", { cwd: packages, absolute: true });
  const includes = [join(library, "include"), join(packages, "node-api-headers", "include")].map((path) => `-I${path}`);
  const libraries = ["cc", "framework"].map((name) => join(library, `libtensorflow_${name}.so.2`));
  const options = ["-O2", "-std=c++17", "-shared", "-fPIC", "-DNAPI_VERSION=8", "-Wl,-rpath,$ORIGIN/tensorflow"];
  const cache = join(part, "compiler");
  const run = $({ env: { ...Deno.env.toObject(), ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache } });
  const binding = join(part, "tfjs_binding.node");
  await run`nice ${compiler} ${options} ${includes} ${sources.sort()} ${libraries} -o ${binding}`;
}

async function setUp(): Promise<void> {
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const [wheel, npm] = [join(part, "wheel"), join(part, "npm")];
  await unpack(wheels, wheel);
  await mkdir(npm);
  for (const name of ["package.json", "deno.json", "deno.lock"]) await cp(join(locks, name), join(npm, name));
  await $({ cwd: npm })`${Deno.execPath()} install --frozen --quiet`;
  const packages = join(npm, "node_modules");
  await compile(join(wheel, "tensorflow"), packages);

  const libraries = await glob(["tensorflow/libtensorflow_*.so.*", "nvidia/*/lib/**", "nvidia/*/nvvm/libdevice/**"], {
    cwd: wheel,
  });
  for (const name of libraries) {
    await mkdir(join(part, name, ".."), { recursive: true });
    await rename(join(wheel, name), join(part, name));
  }
  const scripts = join(packages, "@tensorflow", "tfjs-node", "dist");
  const kernels = ["nodejs_kernel_backend.js", "int64_tensors.js", "register_all_kernels.js", "kernels"];
  for (const name of kernels) await cp(join(scripts, name), join(part, "backend", name), { recursive: true });
  for (const [name, text] of Object.entries(inserts)) {
    await mkdir(join(part, "backend", name, ".."), { recursive: true });
    await writeFile(join(part, "backend", name), text);
  }
  for (const name of ["wheel", "npm", "compiler"]) await rm(join(part, name), { recursive: true, force: true });
}

const made = [wheels, "compiler.lock", "deno.lock", "../../tensorflow.ts"].map((name) => readFile(join(locks, name)));
const wanted = sha256((await Promise.all(made)).join("\n"));
const stamp = join(folder, "made_from");
if (await readFile(stamp, "utf8").catch(() => "") === wanted) console.log("TensorFlow's library is set up");
else if (Deno.build.os !== "linux") throw new Error("Cannot set up TensorFlow's library: this must be Linux");
else {
  const begin = performance.now();
  await setUp();
  await writeFile(join(part, "made_from"), wanted);
  await rm(folder, { recursive: true, force: true });
  await rename(part, folder);
  console.log(`TensorFlow's library is in .tools/tensorflow (${((performance.now() - begin) / 1000).toFixed(0)} s)`);
}
