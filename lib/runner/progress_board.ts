import { clockText, progressLines, summary } from "./progress_lines.ts";
import type { CellProgress } from "./run_notebook.ts";
import type { JobProgress, JobsProgress } from "./run_notebooks.ts";

/** Where a {@linkcode ProgressBoard} is shown. */
export interface ProgressOutput {
  write(text: string): void;
  /** Whether control characters move a cursor there. */
  isTerminal: boolean;
  /** Characters in a line, and lines; asked each time, since windows change. */
  size(): { columns: number; rows: number };
}

/** Options of {@linkcode ProgressBoard}. */
export interface ProgressBoardOptions {
  /** Also a line for each cell that ended. Default false. */
  showCells?: boolean;
  /** Default: the standard output of this process. */
  output?: ProgressOutput;
}

const REDRAW_MS = 200;
const PLAIN_EVERY_MS = 30_000;
/** Where a terminal says 0, such as one on a serial line or of a container. */
const UNKNOWN_SIZE = { columns: 80, rows: 24 };
const MOST_LINES = 12;

/**
 * Shows how far notebooks are. On a terminal a few lines are redrawn in place, below a lasting line for each job that
 * ended; elsewhere there are plain lines for starts and ends, and every half minute for all, without control characters.
 *
 * Hand `update` to `runNotebooks` as `onProgress`, and `close` the board at the end.
 */
export class ProgressBoard {
  #options: Required<ProgressBoardOptions>;
  #timer: ReturnType<typeof setInterval>;
  #progress: (() => JobsProgress) | undefined;
  #lines = 0;

  constructor({ showCells = false, output = standardOutput() }: ProgressBoardOptions = {}) {
    this.#options = { showCells, output };
    this.#timer = setInterval(() => this.#refresh(), output.isTerminal ? REDRAW_MS : PLAIN_EVERY_MS);
    this.#timer.unref(); // a board that nobody closed keeps no program alive
  }

  /** Takes a change and shows it. */
  readonly update = (changed: JobProgress, progress: () => JobsProgress): void => {
    this.#progress = progress;
    const { name, status, cell, seconds, failure } = changed;
    const { showCells, output } = this.#options;
    if (status === "running") {
      if (showCells && cell !== undefined && cell.status !== "running") this.print(cellText(cell));
      else if (!output.isTerminal && !showCells && cell === undefined) this.print(`${name}: started`);
    } else if (!showCells) {
      const end = status === "ok" ? `done in ${clockText(seconds)}` : `${status}: ${failure}`;
      this.print(output.isTerminal ? `${name}  ${end}` : `${name}: ${end}; ${summary(progress())}`);
    }
    if (output.isTerminal) this.#draw();
  };

  /** Writes a lasting line; while the board is open, nothing else may write to its place. */
  print(line: string): void {
    this.#erase();
    this.#options.output.write(`${line}\n`);
  }

  /** Removes what is redrawn, and stops. */
  close(): void {
    clearInterval(this.#timer);
    this.#erase();
    this.#progress = undefined;
  }

  #refresh(): void {
    if (this.#progress === undefined) return;
    if (this.#options.output.isTerminal) return this.#draw();
    const progress = this.#progress();
    const running = progress.jobs.filter(({ status }) => status === "running");
    const shares = running.map(({ name, share }) => `${name} ${Math.floor(100 * share)} %`).join(", ");
    this.print(`${summary(progress)}: ${shares}`);
  }

  #draw(): void {
    const { output } = this.#options;
    const size = output.size();
    const [columns, rows] = [size.columns || UNKNOWN_SIZE.columns, size.rows || UNKNOWN_SIZE.rows];
    // the last column stays free: some terminals go to the next line when it is filled
    const lines = progressLines(this.#progress!(), { columns: columns - 1, rows: Math.min(rows - 1, MOST_LINES) });
    output.write(this.#erasing() + lines.map((line) => `${line}\n`).join(""));
    this.#lines = lines.length;
  }

  #erase(): void {
    if (this.#lines > 0) this.#options.output.write(this.#erasing());
    this.#lines = 0;
  }

  #erasing(): string {
    return this.#lines > 0 ? `\x1b[${this.#lines}F\x1b[J` : "";
  }
}

function cellText({ number, count, status, seconds, title }: CellProgress): string {
  const place = `${String(number).padStart(String(count).length)}/${count}`;
  return `${place}  ${status}  ${seconds.toFixed(2).padStart(7)} s  ${title.slice(0, 80)}`;
}

function standardOutput(): ProgressOutput {
  const encoder = new TextEncoder();
  return {
    write(text) {
      for (let bytes = encoder.encode(text); bytes.length > 0;) {
        bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
      }
    },
    isTerminal: Deno.stdout.isTerminal(),
    size: () => Deno.consoleSize(),
  };
}
