import type { Expectation } from "./_run_history.ts";
import type { CellProgress } from "./run_notebook.ts";

/** How far a job is. */
export interface JobEstimate {
  /** Part of its time that is over, 0 to 1. */
  share: number;
  /** Missing while nothing tells. */
  secondsLeft?: number;
  /** Whether it is more than a guess: the notebook ran before, with these parameters and cells. */
  isSame: boolean;
}

/** A run is compared with the earlier one in pace only after this much of it: the first cells are too short to tell. */
const PACE_AFTER_SECONDS = 2;
const SLOWEST_PACE = 4;
/** What runs has not ended, however long it took before. */
const MOST_SHARE = 0.99;

/** Estimates how far a notebook is from what its cells took earlier; else from how many of them are done. */
export class JobClock {
  readonly startedAt: number;
  #past: Expectation | undefined;
  #ended: CellProgress[] = [];
  #endedSeconds = 0;
  #current: { cell: CellProgress; startedAt: number } | undefined;

  /** @param now Seconds of any clock, the same in all calls. */
  constructor(past: Expectation | undefined, now: number) {
    this.#past = past;
    this.startedAt = now;
  }

  /** Takes what {@linkcode runNotebook} tells of a cell. */
  tell(cell: CellProgress, now: number): void {
    if (cell.status !== "running") {
      this.#ended.push(cell);
      this.#endedSeconds += now - (this.#current?.startedAt ?? now);
    }
    this.#current = cell.status === "running" ? { cell, startedAt: now } : undefined;
  }

  estimate(now: number): JobEstimate {
    return this.#past === undefined ? this.#byCount(now) : this.#byPast(this.#past, now);
  }

  #byCount(now: number): JobEstimate {
    const done = this.#ended.length;
    const count = (this.#current?.cell ?? this.#ended.at(-1))?.count;
    if (count === undefined || done === 0) return { share: 0, isSame: false };
    return {
      share: done / count,
      secondsLeft: (now - this.startedAt) / done * (count - done),
      isSame: false,
    };
  }

  #byPast({ seconds: total, cells, isSame }: Expectation, now: number): JobEstimate {
    const took = (id: string) => cells[id] ?? 0;
    const known = Object.values(cells).reduce((sum, seconds) => sum + seconds, 0);
    const hasBegun = this.#current !== undefined || this.#ended.length > 0;
    const startSeconds = Math.max(0, total - known); // until then the kernel starts and cells are checked
    const cellsEnded = this.#ended.reduce((sum, { id }) => sum + took(id), 0);
    const ended = hasBegun ? startSeconds + cellsEnded : 0;
    // by cells alone: how long a start takes depends on caches
    const pace = cellsEnded > PACE_AFTER_SECONDS
      ? Math.min(SLOWEST_PACE, Math.max(1 / SLOWEST_PACE, this.#endedSeconds / cellsEnded))
      : 1;
    const current = this.#current === undefined
      ? 0
      : Math.min(took(this.#current.cell.id), (now - this.#current.startedAt) / pace);
    const done = Math.min(total, ended + current);
    const seen = [...this.#ended, ...(this.#current ? [this.#current.cell] : [])];
    const isNew = seen.some(({ id, count }) => cells[id] === undefined || count !== Object.keys(cells).length);
    return {
      share: total > 0 ? Math.min(MOST_SHARE, done / total) : 0,
      secondsLeft: (total - done) * pace,
      isSame: isSame && !isNew,
    };
  }
}
