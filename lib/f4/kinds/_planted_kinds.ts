import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";

/** Options of {@linkcode plantedKinds}. */
export interface PlantedKindsOptions {
  names?: number;
  days?: number;
  /** Correlation of the known signal with the return of its row. Default 0.08. */
  ic?: number;
  seed?: number;
}

/**
 * Rows for tests whose truth is known: returns with a signal and with a volatility that moves slowly, which `signal` and
 * `truth` know, and no other column does.
 */
export function plantedKinds({ names = 20, days = 500, ic = 0.08, seed = 1 }: PlantedKindsOptions = {}): Panel {
  const normal = normalRandom(seededRandom(seed));
  const dates = weekdays("2015-01-01", days);
  const [symbol, date]: string[][] = [[], []];
  const [signal, truth, actual] = [0, 1, 2].map(() => new Float64Array(names * days));
  for (let name = 0, row = 0; name < names; name++) {
    let mood = normal();
    for (const day of dates) {
      mood = 0.97 * mood + Math.sqrt(1 - 0.97 ** 2) * normal();
      symbol.push(`S${name}`);
      date.push(day);
      truth[row] = 0.015 * Math.exp(0.6 * mood);
      signal[row] = normal();
      actual[row] = truth[row] * (ic * signal[row] + Math.sqrt(1 - ic ** 2) * normal());
      row++;
    }
  }
  return Panel.fromRows({ symbol, date, columns: { signal, truth, actual } });
}
