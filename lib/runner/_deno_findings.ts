import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { absoluteDenoDir } from "./_kernel_process.ts";

/** Something that Deno finds in a file. */
export interface Finding {
  /** Undefined where it is about no file that was asked for. */
  file: string | undefined;
  line: number;
  column: number;
  kind: "syntax" | "types" | "lint";
  /** Such as `TS2322` or `no-unused-vars`; empty where Deno gives none. */
  code: string;
  message: string;
}

/** Options of {@linkcode denoFindings}. */
export interface DenoFindingsOptions {
  /** The `deno.json` to go by. Default: none. */
  configPath?: string;
  /** Folder from which Deno starts. */
  folder: string;
  /** Whether to lint too. */
  lint: boolean;
  signal?: AbortSignal;
}

interface LintReport {
  diagnostics: LintDiagnostic[];
  errors: { file_path: string; message: string }[];
}

interface LintDiagnostic {
  filename: string;
  code: string;
  message: string;
  hint?: string;
  range: { start: { line: number; col: number } };
}

/**
 * What `deno check` and `deno lint` find in files.
 *
 * @throws {Error} If one of them fails for a reason that is not in the files.
 */
export async function denoFindings(files: readonly string[], options: DenoFindingsOptions): Promise<Finding[]> {
  const [checked, linted] = await Promise.all([
    deno(["check"], files, options),
    options.lint ? deno(["lint", "--json"], files, options) : { stdout: "" },
  ]);
  const report = readReport(linted.stdout);
  const unreadable = report.errors.map(({ file_path: file, message }) => syntaxFinding(fileOf(file), message));
  if (unreadable.length > 0) return unreadable; // the compiler would only say the same in other words
  const found = checked.success ? [] : typeFindings(checked.stderr, files);
  if (!checked.success && found.length === 0) {
    throw new Error(`Cannot check types: deno check must be able to run, it says ${checked.stderr.trim()}`);
  }
  return [...found, ...report.diagnostics.map(lintFinding)];
}

async function deno(
  command: readonly string[],
  files: readonly string[],
  { configPath, folder, signal }: DenoFindingsOptions,
): Promise<{ success: boolean; stdout: string; stderr: string }> {
  const config = configPath === undefined ? [] : [`--config=${configPath}`];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...command, ...config, ...files],
    cwd: folder,
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0", DENO_NO_UPDATE_CHECK: "1", ...absoluteDenoDir() },
    signal,
  }).output();
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: stripVTControlCharacters(decoder.decode(stderr)) };
}

function readReport(text: string): LintReport {
  try {
    return JSON.parse(text) as LintReport;
  } catch {
    return { diagnostics: [], errors: [] };
  }
}

function lintFinding({ filename, code, message, hint, range }: LintDiagnostic): Finding {
  const { line, col } = range.start;
  const text = hint ? `${message}; ${hint}` : message;
  return { file: fileOf(filename), line, column: col + 1, kind: "lint", code, message: text };
}

function syntaxFinding(file: string, message: string): Finding {
  const [, line, column] = message.match(/:(\d+):(\d+)\s*$/m) ?? [undefined, "1", "1"];
  const text = message.split("\n", 1)[0].replace(/^SyntaxError: /, "").replace(/ at file:\S+$/, "");
  return { file, line: Number(line), column: Number(column), kind: "syntax", code: "SyntaxError", message: text };
}

/** Each fault is a block that begins with its code; below its text stand the faulty line, marks under it, the place. */
function typeFindings(text: string, files: readonly string[]): Finding[] {
  const urls = new Map(files.map((file) => [pathToFileURL(file).href, file]));
  const blocks = text.replace(/^Check .*\n/gm, "").split(/^(?=TS\d+ \[ERROR\]: |error: )/m);
  return blocks.flatMap((block): Finding[] => {
    const [, url, line, column] = block.match(/\bat (file:\S+?):(\d+):(\d+)/) ?? [];
    if (url === undefined) return [];
    const [, code = "", rest] = block.match(/^(?:(TS\d+) \[ERROR\]|error): ([^]*)$/) ?? [undefined, "", block];
    const lines = rest.split("\n");
    const marks = lines.findIndex((each) => /^\s*[~^]+\s*$/.test(each));
    const place = lines.findIndex((each) => /^\s*at file:/.test(each));
    const message = lines.slice(0, marks > 0 ? marks - 1 : place > 0 ? place : 1).join("\n").trim();
    const file = urls.get(url);
    const where = file === undefined ? ` (${url}:${line}:${column})` : "";
    return [{ file, line: Number(line), column: Number(column), kind: "types", code, message: message + where }];
  });
}

function fileOf(name: string): string {
  return name.startsWith("file:") ? decodeURIComponent(new URL(name).pathname) : name;
}
