/** Instructions of a processor that libraries choose their code by. */
const INSTRUCTIONS = /^(sse4_2|avx|avx2|fma|f16c|avx512\w+|asimd\w*|sve\w*)$/;

/** Variables by which a user can make an engine compute in another way. */
const VARIABLES =
  /^((OMP|GOMP|KMP|OPENBLAS|MKL|BLIS|LIGHTGBM|POLARS|RAYON|GLIBC|MALLOC|LD|DENO_V8)_[A-Z_]+|NODE_OPTIONS)$/;

/**
 * What a run computes on, as far as it could change a result: system, processor and its instructions, cores in use,
 * C library, locale, time zone, and the variables that engines look at, where they are set.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { os, OMP_NUM_THREADS } = describeMachine({ OMP_NUM_THREADS: "3" });
 * assert.equal(os, `${Deno.build.os} ${Deno.build.arch}`);
 * assert.equal(OMP_NUM_THREADS, "3");
 * ```
 *
 * @param environment Variables of the run beside those of this process.
 */
export function describeMachine(environment: Readonly<Record<string, string>> = {}): Record<string, string> {
  const variables = { ...Deno.env.toObject(), ...environment };
  const set = Object.entries(variables).filter(([name]) => VARIABLES.test(name)).sort(([a], [b]) => a < b ? -1 : 1);
  return {
    os: `${Deno.build.os} ${Deno.build.arch}`,
    ...processor(),
    cores: String(navigator.hardwareConcurrency),
    ...cLibrary(),
    locale: variables.LC_ALL || variables.LANG || "C",
    timeZone: variables.TZ || Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...Object.fromEntries(set),
  };
}

function processor(): { cpu: string; instructions?: string } {
  if (Deno.build.os !== "linux") return { cpu: "unknown" };
  const text = Deno.readTextFileSync("/proc/cpuinfo");
  const field = (name: RegExp) => new RegExp(`^(?:${name.source})\\s*: (.+)$`, "m").exec(text)?.[1].trim();
  const instructions = field(/flags|Features/)?.split(" ").filter((name) => INSTRUCTIONS.test(name)).sort();
  return { cpu: field(/model name|CPU part/) ?? "unknown", instructions: instructions?.join(" ") ?? "unknown" };
}

function cLibrary(): { glibc?: string } {
  if (Deno.build.os !== "linux") return {};
  try {
    const { symbols } = Deno.dlopen("libc.so.6", { gnu_get_libc_version: { parameters: [], result: "pointer" } });
    return { glibc: Deno.UnsafePointerView.getCString(symbols.gnu_get_libc_version()!) };
  } catch {
    return {}; // another C library
  }
}
