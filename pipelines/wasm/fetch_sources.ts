import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { repositoryPath, sha256 } from "@lib/core";
import { $ } from "zx";

/** What {@linkcode compileLightgbm} needs. */
export interface WasmSources {
  /** The Python that has the compiler. */
  python: string;
  /** LightGBM's source package, unpacked. */
  sourceFolder: string;
  /** Its version. */
  version: string;
}

/**
 * Brings the compiler and LightGBM's source package, each under a lock with hashes, into .tools/wasm. What is there
 * already by the same locks is not fetched again.
 *
 * @throws {Error} If a package cannot be had, or is not the one that the lock names.
 */
export async function fetchSources(): Promise<WasmSources> {
  const [compilerLock, sourceLock] = ["wasm.lock", "wasm_sources.lock"].map((name) =>
    repositoryPath("pipelines", "setup", name)
  );
  const texts = [await Deno.readTextFile(compilerLock), await Deno.readTextFile(sourceLock)];
  const version = /^lightgbm==(\S+)/m.exec(texts[1])![1];
  const folder = repositoryPath(".tools", "wasm", sha256(texts.join("\n")).slice(0, 16));
  const found = {
    python: join(folder, "python", "bin", "python"),
    sourceFolder: join(folder, `lightgbm-${version}`),
    version,
  };
  if (await Deno.stat(folder).catch(() => undefined)) return found;

  console.log("Fetching the compiler and LightGBM's sources ...");
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const uv = repositoryPath(".tools", "python", "bin", "uv");
  const pip = repositoryPath(".tools", "python", "bin", "python");
  const environment = join(part, "python");
  const env = {
    ...Deno.env.toObject(),
    UV_CACHE_DIR: repositoryPath(".tools", "uv-cache"),
    UV_NO_CONFIG: "1",
    UV_SYSTEM_CERTS: "1",
    PIP_NO_CACHE_DIR: "1",
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    SKBUILD_WHEEL_CMAKE: "false", // the package is unpacked, not built: its description can be had without CMake
  };
  const quiet = $({ env, quiet: true });
  await quiet`${uv} venv --relocatable --python ${pip} ${environment}`;
  const python = join(environment, "bin", "python");
  await quiet`${uv} pip sync --require-hashes --python ${python} ${compilerLock}`;
  await quiet`${pip} -m pip --python ${python} download --no-deps --no-build-isolation --no-binary lightgbm --require-hashes -r ${sourceLock} -d ${part}`;
  await quiet`${pip} -m tarfile -e ${join(part, `lightgbm-${version}.tar.gz`)} ${part}`;
  await rename(part, folder);
  return found;
}
