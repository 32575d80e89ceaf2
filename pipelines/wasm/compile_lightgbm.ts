import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { $ } from "zx";

/** Where the compiler and what it compiles lie, see {@link compileLightgbm}. */
export interface CompileLightgbmOptions {
  /** LightGBM's source package, unpacked. */
  sourceFolder: string;
  /** LightGBM's version, which the module will tell. */
  version: string;
  /** Our part of the C++ (lib/lightgbm/wasm/source). */
  ownFolder: string;
  /** The Python that has ziglang. */
  python: string;
  /** Names of the C functions that the module exports. */
  functions: readonly string[];
  /** How many files are compiled at a time. */
  processes: number;
}

// Exceptions in their older form, which browsers and Node have had since 2021. Arithmetic is not contracted, so that
// it rounds as it does in the native library.
const TARGET = [
  "-target",
  "wasm32-wasi",
  "-mcpu=generic+exception_handling+simd128+bulk_memory+nontrapping_fptoint+sign_ext",
  "-fwasm-exceptions",
  "-mllvm",
  "-wasm-use-legacy-eh=true",
  "-fno-sanitize=all",
  "-ffp-contract=off",
  "-g0",
];
const DEFINITIONS = ["-DEIGEN_MPL2_ONLY", "-DEIGEN_DONT_PARALLELIZE", "-DMM_MALLOC=1", "-DNDEBUG"];
const ABSENT = /\/(cuda|application)\/|\/(main|gpu_tree_learner|linkers_mpi)\.cpp$/;
const NO_THREADS = ["-D_LIBCXXABI_HAS_NO_THREADS", "-D_LIBUNWIND_HAS_NO_THREADS", "-D__WASM_EXCEPTIONS__"];
const STACK_BYTES = 4 * 2 ** 20;
const MOST_BYTES = 4 * 2 ** 30 - 2 ** 16;

/**
 * Compiles LightGBM to one WebAssembly module without imports but WASI's, in a folder of its own.
 *
 * All paths that the compiler sees are relative to that folder, and it keeps nothing elsewhere: the same sources and
 * compiler give the same bytes, wherever they lie.
 *
 * @param folder An empty folder; it is left full of object files.
 * @returns The path of the module.
 */
export async function compileLightgbm(folder: string, options: CompileLightgbmOptions): Promise<string> {
  const { python, functions } = options;
  await cp(options.sourceFolder, join(folder, "lightgbm"), { recursive: true });
  await cp(options.ownFolder, join(folder, "own"), { recursive: true });
  const { stdout } = await $`${python} -c ${"import ziglang; print(ziglang.__path__[0])"}`;
  await symlink(join(stdout.trim(), "lib"), join(folder, "zig"));
  await writeNanoarrowSettings(folder);
  const env = {
    ...Deno.env.toObject(),
    ZIG_GLOBAL_CACHE_DIR: join(folder, "cache"),
    ZIG_LOCAL_CACHE_DIR: join(folder, "cache"),
  };
  const zig = $({ cwd: folder, env, quiet: true });

  const compile = async ({ source, flags }: Unit) => {
    const object = `${source.replaceAll("/", "_")}.o`;
    const language = source.endsWith(".c") ? "cc" : "c++";
    await zig`${python} -m ziglang ${language} ${TARGET} ${flags} -c ${source} -o ${object}`;
    return object;
  };
  const objects = await inTurns(await units(folder, options.version), options.processes, compile);
  const exported = ["malloc", "free", "lightgbm_version", ...functions].map((name) => `-Wl,--export=${name}`);
  const limits = [`-Wl,-z,stack-size=${STACK_BYTES}`, `-Wl,--max-memory=${MOST_BYTES}`, "-Wl,-s"];
  const module = join(folder, "lightgbm.wasm");
  await zig`${python} -m ziglang c++ ${TARGET} -O3 -mexec-model=reactor ${objects} ${exported} ${limits} -o ${module}`;
  return module;
}

/** One file to compile. */
interface Unit {
  source: string;
  flags: string[];
}

/** LightGBM's files, the compiler's own that its library for WASI lacks, and ours. */
async function units(folder: string, version: string): Promise<Unit[]> {
  const external = "lightgbm/external_libs";
  const include = [
    "lightgbm/include",
    `${external}/eigen`,
    `${external}/fast_double_parser/include`,
    `${external}/fmt/include`,
    `${external}/nanoarrow/src`,
    "generated",
  ].map((path) => `-I${path}`);
  const cpp = ["-include", "own/single_thread.h", "-std=c++17", "-O3", "-w", ...DEFINITIONS, ...include];
  const c = ["-std=c99", "-O3", "-w", ...DEFINITIONS, ...include];
  const abi = ["-std=c++23", "-O2", "-w", ...NO_THREADS, "-D_LIBCXXABI_BUILDING_LIBRARY", "-D_LIBCPP_BUILDING_LIBRARY"];
  const abiInclude = ["-Izig/libcxxabi/include", "-Izig/libcxx/src", "-Izig/libunwind/include"];
  const own = await filesWithin(folder, "lightgbm/src", ".cpp");
  return [
    // Before all others, since the linker takes the first definition that it meets, and the library has others.
    ...["cxa_exception", "cxa_personality"]
      .map((name) => ({ source: `zig/libcxxabi/src/${name}.cpp`, flags: [...abi, ...abiInclude] })),
    { source: "zig/libunwind/src/Unwind-wasm.c", flags: ["-fdeclspec", "-O2", "-w", ...NO_THREADS, ...abiInclude] },
    { source: "own/absent_parts.cpp", flags: ["-std=c++17", "-O2"] },
    // Else the compiler would make calloc of a malloc that is cleared, within calloc itself.
    { source: "own/allocator.cpp", flags: ["-std=c++17", "-O2", "-fno-builtin-malloc", "-fno-builtin-calloc"] },
    { source: "own/version.cpp", flags: ["-O2", `-DLIGHTGBM_VERSION="${version}"`] },
    // The longest of the others, so that it is not the one that the end waits for.
    ...["lightgbm/src/c_api.cpp", ...own.filter((path) => !ABSENT.test(path) && !path.endsWith("/c_api.cpp"))]
      .map((source) => ({ source, flags: cpp })),
    ...(await filesWithin(folder, `${external}/nanoarrow/src`, ".c")).map((source) => ({ source, flags: c })),
  ];
}

async function filesWithin(folder: string, within: string, extension: string): Promise<string[]> {
  const names = await readdir(join(folder, within), { recursive: true });
  return names.filter((name) => name.endsWith(extension)).map((name) => `${within}/${name}`).sort();
}

/** What nanoarrow's own build would write from its template. */
async function writeNanoarrowSettings(folder: string): Promise<void> {
  const nanoarrow = join(folder, "lightgbm", "external_libs", "nanoarrow");
  const template = await readFile(join(nanoarrow, "src", "nanoarrow", "nanoarrow_config.h.in"), "utf8");
  const version = /set\(NANOARROW_VERSION "([\d.]+)/.exec(await readFile(join(nanoarrow, "CMakeLists.txt"), "utf8"))!;
  const [major, minor, patch] = version[1].split(".");
  const values: Record<string, string> = {
    NANOARROW_VERSION_MAJOR: major,
    NANOARROW_VERSION_MINOR: minor,
    NANOARROW_VERSION_PATCH: patch,
    NANOARROW_VERSION: version[1],
    NANOARROW_NAMESPACE_DEFINE: "",
  };
  await mkdir(join(folder, "generated", "nanoarrow"), { recursive: true });
  const text = template.replace(/@(\w+)@/g, (_, name) => values[name]);
  await writeFile(join(folder, "generated", "nanoarrow", "nanoarrow_config.h"), text);
}

/** Results in the order of the items, at most `most` at a time. */
async function inTurns<Item, Result>(items: Item[], most: number, work: (item: Item) => Promise<Result>) {
  const results: Result[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}
