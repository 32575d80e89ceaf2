import type { DailyCorrelations } from "./daily_correlations.ts";

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [900, 280, 60, 40, 30];

/** The daily rank IC added up over time, as inline SVG: a steady slope is skill, a single step is not. */
export function cumulativeChart({ dates, rankIc }: DailyCorrelations): string {
  const points: { day: number; sum: number }[] = [];
  let sum = 0;
  rankIc.forEach((value, day) => {
    if (!Number.isNaN(value)) points.push({ day, sum: sum += value });
  });
  if (points.length < 2) return "";
  const [low, high] = points.reduce(([a, b], { sum }) => [Math.min(a, sum), Math.max(b, sum)], [0, 0]);
  const x = (day: number) => LEFT + (WIDTH - LEFT - 10) * day / (dates.length - 1);
  const y = (value: number) => HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - low) / (high - low);
  const path = points.map(({ day, sum }) => `${x(day).toFixed(1)},${y(sum).toFixed(1)}`).join(" ");
  const apart = (value: number) => Math.abs(y(value) - y(0)) > 14; // else the two labels would lie on each other
  const levels = [0, ...[low, high].filter(apart)];
  const years = dates
    .map((date, day) => ({ year: date.slice(0, 4), day }))
    .filter(({ year }, day) => day > 0 && year !== dates[day - 1].slice(0, 4));
  const last = dates.length - 1;
  const ends = years.length > 0
    ? []
    : [{ words: dates[0], day: 0, anchor: "start" }, { words: dates[last], day: last, anchor: "end" }];
  const text = (at: [number, number], words: string, anchor: string) =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
  return [
    `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-size="12"`,
    ` font-family="system-ui,sans-serif" aria-label="Daily rank IC added up over time">`,
    text([LEFT, 16], "Daily rank IC, added up", "start"),
    ...levels.map((value) =>
      `<line x1="${LEFT}" x2="${WIDTH - 10}" y1="${y(value).toFixed(1)}" y2="${
        y(value).toFixed(1)
      }" stroke="#d8dee4"/>` +
      text([LEFT - 6, y(value) + 4], value.toFixed(1), "end")
    ),
    ...years.map(({ year, day }) => text([x(day), HEIGHT - 14], year, "middle")),
    ...ends.map(({ words, day, anchor }) => text([x(day), HEIGHT - 14], words, anchor)),
    `<polyline points="${path}" fill="none" stroke="#0969da" stroke-width="1.5"/></svg></figure>`,
  ].join("");
}
