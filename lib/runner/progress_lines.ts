import type { JobProgress, JobsProgress } from "./run_notebooks.ts";

const BAR_CELLS = 12;
/** Names longer than this are cut at their start: what tells jobs apart stands at the end. */
const LONGEST_NAME = 40;

/** A duration such as `0:07`, `12:40` or `3:05:00`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const end = `:${String(whole % 60).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}${end}` : `${minutes}${end}`;
}

/**
 * How far all jobs are, as text: a line for all, then one for each that runs. None is wider than `columns`, and there
 * are at most `rows`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const job = { name: "fit", status: "running", share: 0.5, seconds: 60, secondsLeft: 59.7 } as const;
 * const progress = { jobs: [job], seconds: 60, secondsLeft: 59.7, isAbout: true };
 * assert.deepEqual(progressLines(progress, { columns: 60, rows: 5 }), [
 *   "0 of 1 done, 1 running   1:00, about 1:00 left",
 *   "fit  ██████░░░░░░   50 %   1:00 left",
 * ]);
 * ```
 */
export function progressLines(progress: JobsProgress, { columns, rows }: { columns: number; rows: number }): string[] {
  const running = progress.jobs.filter(({ status }) => status === "running");
  const names = running.map(({ name }) => name.length > LONGEST_NAME ? `…${name.slice(1 - LONGEST_NAME)}` : name);
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = running.map((job, i) => `${names[i].padEnd(width)}  ${jobText(job)}`);
  const shown = lines.length < rows ? lines : [...lines.slice(0, Math.max(0, rows - 2)), "…"];
  return [summary(progress), ...shown].map((line) => line.slice(0, columns)).slice(0, rows);
}

function jobText({ share, cell, secondsLeft }: JobProgress): string {
  const full = Math.round(share * BAR_CELLS);
  const bar = "█".repeat(full) + "░".repeat(BAR_CELLS - full);
  const left = secondsLeft === undefined ? "" : `  ${clockText(secondsLeft).padStart(5)} left`;
  const at = cell === undefined ? "" : `  cell ${cell.number} of ${cell.count}: ${printable(cell.title)}`;
  return `${bar}  ${String(Math.floor(100 * share)).padStart(3)} %${left}${at}`;
}

/** How many jobs ended, run and wait, and how long still. */
export function summary({ jobs, seconds, secondsLeft, isAbout }: JobsProgress): string {
  const count = (wanted: JobProgress["status"]) => jobs.filter(({ status }) => status === wanted).length;
  const others = (["failed", "skipped", "running", "waiting"] as const).filter((status) => count(status) > 0);
  const counts = [`${count("ok")} of ${jobs.length} done`, ...others.map((status) => `${count(status)} ${status}`)];
  const isOpen = count("running") + count("waiting") > 0;
  const left = isOpen && secondsLeft !== undefined ? `, ${isAbout ? "about " : ""}${clockText(secondsLeft)} left` : "";
  return `${counts.join(", ")}   ${clockText(seconds)}${left}`;
}

/** A title comes out of a notebook: what it may hold must not move the cursor. */
function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, " ");
}
