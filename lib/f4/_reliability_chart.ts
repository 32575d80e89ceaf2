import { isEstimate, type Measure } from "./measure.ts";

const [SIZE, MARGIN] = [360, 44];

/** One group of probabilities and how often the event came. */
export interface ReliabilityPoint {
  meanProbability: number;
  observedRate: Measure;
}

/** Observed rates over what was said, with intervals, beside the diagonal on which they belong; as inline SVG. */
export function reliabilityChart(points: readonly ReliabilityPoint[]): string {
  const shown = points.flatMap(({ meanProbability, observedRate }) =>
    isEstimate(observedRate) ? [{ said: meanProbability, ...observedRate }] : []
  );
  if (shown.length < 2) return "";
  const all = shown.flatMap(({ said, value, low, high }) => [said, value, low ?? value, high ?? value]);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const x = (value: number) => (MARGIN + (SIZE - MARGIN - 10) * (value - least) / (most - least)).toFixed(1);
  const y = (value: number) => (SIZE - MARGIN - (SIZE - MARGIN - 28) * (value - least) / (most - least)).toFixed(1);
  const marks = shown.map(({ said, value, low, high }) =>
    (low === null || high === null
      ? ""
      : `<line x1="${x(said)}" x2="${x(said)}" y1="${y(low)}" y2="${y(high)}" stroke="#0969da" stroke-width="2"/>`) +
    `<circle cx="${x(said)}" cy="${y(value)}" r="4" fill="#0969da"/>`
  );
  const ends = [least, most].map((value) =>
    `<text x="${x(value)}" y="${SIZE - MARGIN + 18}" text-anchor="middle">${value.toFixed(2)}</text>` +
    `<text x="${MARGIN - 6}" y="${y(value)}" text-anchor="end">${value.toFixed(2)}</text>`
  );
  return [
    `<figure><svg viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}" role="img" font-size="12"`,
    ` font-family="system-ui,sans-serif" aria-label="Observed rate over probability">`,
    `<text x="${MARGIN}" y="16">Observed rate over mean probability</text>`,
    `<line x1="${x(least)}" x2="${x(most)}" y1="${y(least)}" y2="${y(most)}" stroke="#59636e"/>`,
    ...marks,
    ...ends,
    "</svg></figure>",
  ].join("");
}
