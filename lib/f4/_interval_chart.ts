import { escaped } from "./_page.ts";
import { isEstimate, type Measure } from "./measure.ts";

const [WIDTH, LEFT, RIGHT, ROW, TOP, BOTTOM] = [900, 330, 30, 24, 34, 26];

/** Numbers of one unit, one below the other, each with its interval beside a line at 0, as inline SVG. */
export function intervalChart(title: string, lines: readonly (readonly [name: string, measure: Measure])[]): string {
  const shown = lines.flatMap(([name, measure]) => isEstimate(measure) ? [{ name, ...measure }] : []);
  if (shown.length < 2) return "";
  const ends = shown.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  if (least === most) return "";
  const x = (value: number) => (LEFT + (WIDTH - LEFT - RIGHT) * (value - least) / (most - least)).toFixed(1);
  const height = TOP + ROW * shown.length + BOTTOM;
  const label = (value: number) =>
    `<text x="${x(value)}" y="${height - 8}" text-anchor="middle">${value === 0 ? "0" : value.toPrecision(2)}</text>`;
  const isApart = (value: number) => Math.abs(Number(x(value)) - Number(x(0))) > 40; // else labels lie on each other
  const rows = shown.map(({ name, value, low, high }, place) => {
    const y = TOP + ROW * place + ROW / 2;
    const bar = low === null || high === null
      ? ""
      : `<line x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}" stroke="#0969da" stroke-width="2"/>`;
    return `<text x="${LEFT - 12}" y="${y + 4}" text-anchor="end">${escaped(name)}</text>${bar}` +
      `<circle cx="${x(value)}" cy="${y}" r="4" fill="#0969da"/>`;
  });
  return [
    `<figure><svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-size="12"`,
    ` font-family="system-ui,sans-serif" aria-label="${escaped(title)}">`,
    `<text x="${LEFT}" y="16">${escaped(title)}</text>`,
    `<line x1="${x(0)}" x2="${x(0)}" y1="${TOP - 6}" y2="${height - BOTTOM}" stroke="#59636e"/>`,
    ...rows,
    ...[0, ...[least, most].filter(isApart)].map(label),
    "</svg></figure>",
  ].join("");
}
