import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { $ } from "zx";

/** What goes into the package, see {@linkcode packLightgbm}. */
export interface PackLightgbmOptions {
  /** `lightgbm.wasm`. */
  module: string;
  /** LightGBM's source package, for the licences of what was compiled. */
  sourceFolder: string;
  /** The Python that has the compiler, for the licences of its part. */
  python: string;
  /** Of LightGBM; the package has the same. */
  version: string;
}

const ROOM = repositoryPath("lib", "lightgbm");
const TYPESCRIPT_LOCK = repositoryPath("pipelines", "setup", "wasm_npm.lock");
const PACKAGE = join(ROOM, "wasm", "package");
const ENTRIES = [join(PACKAGE, "index.ts"), join(PACKAGE, "node_behaviours.ts"), join(ROOM, "wasm", "fold_worker.ts")];

/**
 * Makes the npm package `lightgbm-wasm`: the module, our TypeScript as ES modules with declarations, tests, licences.
 * Nothing in it tells where or when it was made. The folder is replaced whole.
 */
export async function packLightgbm(folder: string, options: PackLightgbmOptions): Promise<void> {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  await cp(options.module, join(part, "lightgbm.wasm"));
  await writeModules(join(part, "dist"));
  await cp(join(PACKAGE, "test"), join(part, "test"), { recursive: true });
  await cp(join(PACKAGE, "README.md"), join(part, "README.md"));
  await cp(repositoryPath("LICENSE"), join(part, "LICENSE"));
  await copyLicences(join(part, "licenses"), options);
  const description = {
    ...JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8")),
    version: options.version,
  };
  await writeFile(join(part, "package.json"), JSON.stringify(description, undefined, 2) + "\n");
  await rm(folder, { recursive: true, force: true });
  await rename(part, folder);
}

/**
 * Every module behind the entries, without types and with declarations beside it. By TypeScript, under a lock of its
 * own, and not by Deno: Node and browsers of today do not know `using`, which has to be put into older words.
 */
async function writeModules(target: string): Promise<void> {
  const npm = $({ quiet: true, env: { ...Deno.env.toObject(), NO_COLOR: "1" } });
  const locked = ["--quiet", "--no-config", `--lock=${TYPESCRIPT_LOCK}`, "--frozen", "--node-modules-dir=none"];
  const specifier = (await Deno.readTextFile(TYPESCRIPT_LOCK)).match(/npm:typescript@[^"]+/)![0];
  const language = ["--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"];
  const output = ["--outDir", target, "--rootDir", ROOM, "--declaration", "--rewriteRelativeImportExtensions"];
  await npm`${Deno.execPath()} run -A ${locked} ${specifier}/tsc --noCheck ${language} ${output} ${ENTRIES}`;
  for (const name of await readdir(target, { recursive: true })) {
    if (!name.endsWith("ts") && !name.endsWith(".js")) continue;
    const path = join(target, name);
    const text = await readFile(path, "utf8");
    // Examples import from this repository; TypeScript leaves the endings of imports in declarations.
    const alone = text.replace(/\n *\* @example[^\n]*\n *\* ```ts\n[^]*?\n *\* ```(?=\n)/g, "");
    await writeFile(path, alone.replace(/((?:from|import)\s*\(?\s*"\.[^"]*)\.ts"/g, '$1.js"'));
  }
}

async function copyLicences(target: string, { sourceFolder, python }: PackLightgbmOptions): Promise<void> {
  const compilerFolder = (await $`${python} -c ${"import ziglang; print(ziglang.__path__[0])"}`).stdout.trim();
  await mkdir(target, { recursive: true });
  const external = join(sourceFolder, "external_libs");
  const licences: Record<string, string> = {
    "LightGBM.txt": join(sourceFolder, "LICENSE"),
    "fast_double_parser.txt": join(external, "fast_double_parser", "LICENSE"),
    "fmt.txt": join(external, "fmt", "LICENSE"),
    "nanoarrow.txt": join(external, "nanoarrow", "LICENSE.txt"),
    "nanoarrow-notice.txt": join(external, "nanoarrow", "NOTICE.txt"),
    "zig.txt": join(compilerFolder, "LICENSE"),
    "wasi-libc.txt": join(compilerFolder, "lib", "libc", "wasi", "LICENSE"),
    "musl.txt": join(compilerFolder, "lib", "libc", "musl", "COPYRIGHT"),
    "libcxx.txt": join(compilerFolder, "lib", "libcxx", "LICENSE.TXT"),
    "libcxxabi.txt": join(compilerFolder, "lib", "libcxxabi", "LICENSE.TXT"),
    "libunwind.txt": join(compilerFolder, "lib", "libunwind", "LICENSE.TXT"),
  };
  for (const [name, path] of Object.entries(licences)) await cp(path, join(target, name));
}
