/** A number in prose that says how large something is. */
export interface ProseNumber {
  /** As written: `0.0237`, `2,517`, `half a minute`. */
  text: string;
  isPercent: boolean;
  /** Where it stands in the text. */
  start: number;
  end: number;
}

/** What is no prose: code, addresses, what `make` writes between marks, days, years and numbers of lists. */
const NO_PROSE = [
  /^(```|~~~)[^]*?^\1/gm,
  /<!-- (\w+) -->[^]*?<!-- \/\1 -->/g,
  /<!--[^]*?-->/g,
  /`[^`\n]*`/g,
  /\]\([^)\s]*\)/g,
  /<?https?:\/\/[^\s)>]+/g,
  /\b\d{4}-\d{2}-\d{2}\b/g,
  /(?<![\d.,])(?:19|20)\d{2}(?![\d%]|[.,]\d| %)/g,
  /^\s*\d+\. /gm,
];
const DIGITS = /(?<![\p{L}\p{N}_.,/-])[+−-]?\d[\d,]*(?:\.\d+)?(?![\p{L}\p{N}_]|-\p{L}|[.,:/]\d)/gu;
const UNIT = /^(?:\s|-)?(?:%|(?:ms|s|h|[kMG]i?B|times)\b|(?:second|minute|hour)s?\b)/;
const NUMBER_WORDS =
  "a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|" +
  "sixty|seventy|eighty|ninety|a hundred|half an?|(?:a|one|three) quarters?(?: of an?)?";
const WORDS = new RegExp(
  `(?<![\\p{L}-])(?:${
    NUMBER_WORDS.replaceAll(" ", "\\s")
  })(?:\\sand\\sa\\s(?:half|quarter))?\\s(?:(?:second|minute|hour)s?|times)(?!\\p{L})`,
  "giu",
);
const LEAST_COUNT = 100; // smaller whole numbers without a unit are settings, horizons and counts of steps

/**
 * The numbers in a Markdown text that a reader takes for a result or a measurement: with decimals, with a sign, with a
 * thousands separator, with a unit of time or size or a percent sign, in words before a unit of time, or of 100 and more.
 *
 * Code, links, days, years, versions and names such as `SHA-256` are none.
 */
export function proseNumbers(markdown: string): ProseNumber[] {
  let prose = markdown;
  for (const pattern of NO_PROSE) prose = prose.replace(pattern, (found) => found.replace(/[^\n]/g, " "));
  const numbers: ProseNumber[] = [];
  for (const { 0: found, index } of prose.matchAll(DIGITS)) {
    const text = found.replace(/,$/, "");
    const end = index + text.length;
    const after = prose.slice(end, end + 10);
    const isClaim = /[.,+−-]/.test(text) || Number(text) >= LEAST_COUNT || UNIT.test(after);
    if (isClaim) numbers.push({ text, isPercent: /^\s?%/.test(after), start: index, end });
  }
  for (const { 0: text, index } of prose.matchAll(WORDS)) {
    const isVague = /^an? (?:second|minute|hour|times)/i.test(text) && !/\babout\s$/i.test(prose.slice(0, index));
    if (!isVague) numbers.push({ text, isPercent: false, start: index, end: index + text.length });
  }
  return numbers.sort((a, b) => a.start - b.start);
}

/** The value of a number as written, and half of its last digit's unit; undefined for words. */
export function writtenValue(text: string): { value: number; halfUnit: number } | undefined {
  const plain = text.replaceAll(",", "").replace("−", "-");
  if (!/^[+-]?\d+(\.\d+)?$/.test(plain)) return undefined;
  return { value: Number(plain), halfUnit: 0.5 * 10 ** -(plain.split(".")[1]?.length ?? 0) };
}
