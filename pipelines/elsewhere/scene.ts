/** What a process can say of the circumstances in which it runs. */
export interface Facts {
  cores: number;
  locale: string;
  /** How this locale writes a number. */
  number: string;
  timeZone: string;
  home: string | null;
  /** Permissions of a file that it wrote, octal. */
  fileMode: string;
  /** Most megabytes that its heap may take. */
  heapMb: number;
  /** Folder of the repository. */
  root: string;
  /** Files of the working folder, in the order in which the file system lists them. */
  listing: string[];
}

/** Circumstances on which no byte of a result may depend. */
export interface Scene {
  name: string;
  /** Words before the program, such as `taskset -c 0`. Default: none. */
  prefix?: readonly string[];
  /** Set in the environment; undefined takes out. Default: nothing. */
  environment?: Readonly<Record<string, string | undefined>>;
  umask?: string;
  /** Root of a copy of the repository. Default: this one. */
  root?: string;
  /** Folder in which cells run. Default: the root. */
  workingFolder?: string;
  /** Parameters that this scene changes. Default: none. */
  parameters?: Readonly<Record<string, string>>;
  /** Runs the cells as one program instead of in a kernel, where processes cannot be started. Default false. */
  asProgram?: boolean;
  /** Whether the circumstances are as wanted. Default: they are if the program ends well. */
  holds?: (facts: Facts) => boolean;
  /** Name of the scene whose results these must be. Default: the first. */
  like?: string;
}

const lessProcessor = "-AVX512F,-AVX512VL,-AVX512BW,-AVX512CD,-AVX512DQ,-AVX2,-AVX,-FMA,-FMA4,-BMI1,-BMI2,-LZCNT," +
  "-MOVBE,-ERMS,-SSE4_2,-SSE4_1,-SSSE3,-XSAVE,-XSAVEC,-POPCNT";
const lessCode = ["avx", "avx2", "fma3", "bmi1", "bmi2", "lzcnt", "popcnt", "sse4-1", "sse4-2", "ssse3"];

/** Scenes that need nothing but this machine, the first being as it is. */
export const scenes: readonly Scene[] = [
  { name: "as usual" },
  { name: "one core", prefix: ["taskset", "-c", "0"], holds: ({ cores }) => cores === 1 },
  {
    name: "eight threads for every library",
    environment: {
      OMP_NUM_THREADS: "8",
      OPENBLAS_NUM_THREADS: "8",
      POLARS_MAX_THREADS: "8",
      RAYON_NUM_THREADS: "8",
      UV_THREADPOOL_SIZE: "8",
    },
  },
  {
    name: "locale of Turkey",
    environment: { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
    holds: ({ locale, number }) => locale === "tr-TR" && number === "1.234,5",
  },
  {
    name: "locale of Egypt, with digits of its own",
    environment: { LC_ALL: "ar_EG.UTF-8", LANG: "ar_EG.UTF-8" },
    holds: ({ number }) => number === "١٬٢٣٤٫٥",
  },
  {
    name: "time zone 14 hours ahead",
    environment: { TZ: "Pacific/Kiritimati" },
    holds: ({ timeZone }) => timeZone === "Pacific/Kiritimati",
  },
  {
    name: "time zone 11 hours behind",
    environment: { TZ: "Pacific/Pago_Pago" },
    holds: ({ timeZone }) => timeZone === "Pacific/Pago_Pago",
  },
  { name: "no home folder", environment: { HOME: undefined }, holds: ({ home }) => home === null },
  { name: "files for the owner only", umask: "077", holds: ({ fileMode }) => fileMode === "600" },
  { name: "no colours, narrow terminal", environment: { NO_COLOR: "1", TERM: "dumb", COLUMNS: "40" } },
  {
    name: "small heap",
    environment: { DENO_V8_FLAGS: "--max-old-space-size=700,--max-semi-space-size=1" },
    holds: ({ heapMb }) => heapMb < 900,
  },
  {
    name: "other hash seeds, no optimising compiler",
    environment: { DENO_V8_FLAGS: "--hash-seed=7,--random-seed=8,--no-turbofan,--no-maglev" },
  },
  {
    name: "fresh memory filled with rubbish, fixed addresses",
    prefix: ["setarch", "--addr-no-randomize"],
    environment: { GLIBC_TUNABLES: "glibc.malloc.perturb=165" },
  },
  {
    name: "processor features masked in C library and engine",
    environment: {
      GLIBC_TUNABLES: `glibc.cpu.hwcaps=${lessProcessor}`,
      DENO_V8_FLAGS: lessCode.map((feature) => `--no-enable-${feature}`).join(","),
      OPENBLAS_CORETYPE: "Prescott",
    },
  },
];

/** Another processor altogether, in software: of 2008, without AVX and FMA. Ten times slower. */
export const emulated: Scene = {
  name: "processor of 2008, emulated",
  prefix: ["qemu-x86_64", "-cpu", "Nehalem"],
  asProgram: true,
};
