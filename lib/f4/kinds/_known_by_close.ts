import type { Panel } from "@lib/core";

/** What is learnt of a symbol as its outcomes become known, and what is said at each close. */
export interface Learner {
  /** A new symbol begins. */
  start(): void;
  /** The outcome of this row is known from now on. Rows come in order of time. */
  learn(row: number): void;
  /** The close of this row: all that is known was learnt. */
  say(row: number): void;
}

/** Walks each symbol through time; an outcome of day s is learnt at the close of day s + horizonDays, before it is said. */
export function walkKnown(panel: Panel, horizonDays: number, { start, learn, say }: Learner): void {
  for (let symbol = 0; symbol < panel.symbols.length; symbol++) {
    const [from, to] = [panel.starts[symbol], panel.starts[symbol + 1]];
    start();
    let next = from;
    for (let row = from; row < to; row++) {
      for (; panel.dayOf[next] + horizonDays <= panel.dayOf[row]; next++) learn(next);
      say(row);
    }
  }
}
