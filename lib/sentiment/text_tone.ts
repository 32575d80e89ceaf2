import { FINANCIAL_LEXICON, type Lexicon } from "./financial_lexicon.ts";

/** Options of {@linkcode textTone}. */
export interface TextToneOptions {
  /** Default {@linkcode FINANCIAL_LEXICON}. */
  lexicon?: Lexicon;
}

const negations = new Set(
  "not no never without hardly barely scarcely neither nor cannot cant dont doesnt didnt isnt arent wasnt wont fails failed denies denied avoid avoids avoided averts averted"
    .split(" "),
);
const stronger = new Set(
  "very sharply strongly significantly substantially heavily hugely highly massively steeply dramatically much far extremely"
    .split(" "),
);
const weaker = new Set(
  "slightly somewhat modestly marginally mildly fairly partly partially narrowly little".split(" "),
);

/** Words back, within the clause, over which a negation reaches. */
const NEGATION_REACH = 3;
/** What is left of a denied word: "not strong" is less than "weak". */
const DENIED = -0.5;
const [STRONGER, WEAKER] = [1.5, 0.5];
const LONGEST_PHRASE = 3;

/**
 * The tone of a text, from -1 to 1, by words and phrases of a lexicon.
 *
 * Each hit weighs what the lexicon says, times -0.5 if one of the three words before it in the clause denies it, times
 * 1.5 or 0.5 if the word before it or after it makes it stronger or weaker. The tone is the sum of the weights over (1 +
 * the sum of their sizes): a single word says less than five that agree. Phrases go before words, and inflected words
 * count as their base form.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(textTone("Acme surges after results"), 2 / 3);
 * assert.equal(textTone("Acme is not strong"), -1 / 3);
 * assert.equal(textTone("Acme to present on Tuesday"), 0);
 * ```
 *
 * @returns 0 where the text has no word of the lexicon: it is news without a tone. NaN for a text without any word.
 */
export function textTone(text: string, { lexicon = FINANCIAL_LEXICON }: TextToneOptions = {}): number {
  const clauses = text.toLowerCase().replaceAll(/['’]/g, "").split(/[.,;:!?()"]+(?:\s|$)|\s[-–—]+\s/);
  let [sum, size, count] = [0, 0, 0];
  for (const clause of clauses) {
    const tokens = clause.match(/[a-z0-9]+(?:-[a-z0-9]+)*/g) ?? [];
    count += tokens.length;
    for (const weight of weightsOf(tokens, lexicon)) {
      sum += weight;
      size += Math.abs(weight);
    }
  }
  return count === 0 ? NaN : sum === 0 ? 0 : sum / (1 + size);
}

function weightsOf(tokens: readonly string[], lexicon: Lexicon): number[] {
  const weights: number[] = [];
  for (let at = 0; at < tokens.length;) {
    const hit = hitAt(tokens, at, lexicon);
    if (hit === undefined) {
      at++;
      continue;
    }
    const isDenied = tokens.slice(Math.max(0, at - NEGATION_REACH), at).some((token) => negations.has(token));
    const beside = [tokens[at - 1], tokens[at + hit.length]];
    const force = beside.some((token) => stronger.has(token))
      ? STRONGER
      : beside.some((token) => weaker.has(token))
      ? WEAKER
      : 1;
    weights.push(hit.weight * force * (isDenied ? DENIED : 1));
    at += hit.length;
  }
  return weights;
}

/** The longest entry of the lexicon that begins at a word. */
function hitAt(
  tokens: readonly string[],
  at: number,
  lexicon: Lexicon,
): { weight: number; length: number } | undefined {
  for (let length = Math.min(LONGEST_PHRASE, tokens.length - at); length > 0; length--) {
    const parts = tokens.slice(at, at + length);
    for (const phrase of combinations(parts.map(baseForms))) {
      const weight = lexicon.get(phrase);
      if (weight !== undefined) return { weight, length };
    }
  }
}

const combinations = (forms: readonly (readonly string[])[]): string[] =>
  forms.reduce<string[]>(
    (before, own) => before.length === 0 ? [...own] : before.flatMap((start) => own.map((form) => `${start} ${form}`)),
    [],
  );

const irregular: Readonly<Record<string, string>> = {
  beaten: "beat",
  fell: "fall",
  fallen: "fall",
  grew: "grow",
  grown: "grow",
  rose: "rise",
  risen: "rise",
  won: "win",
  lost: "lose",
  shrank: "shrink",
  shrunk: "shrink",
  sank: "sink",
  sunk: "sink",
  froze: "freeze",
  frozen: "freeze",
  led: "lead",
  withdrew: "withdraw",
  withdrawn: "withdraw",
  stronger: "strong",
  strongest: "strong",
  weaker: "weak",
  weakest: "weak",
  slower: "slow",
  tougher: "tough",
};

/** The word itself, and what it can be an inflection of; wrong guesses stand in no lexicon. */
function baseForms(word: string): string[] {
  const forms = [word];
  if (Object.hasOwn(irregular, word)) forms.push(irregular[word]);
  const cut = (ending: string) => word.slice(0, -ending.length);
  if (word.endsWith("ies")) forms.push(`${cut("ies")}y`);
  if (word.endsWith("ied")) forms.push(`${cut("ied")}y`);
  if (word.endsWith("es")) forms.push(cut("es"));
  if (word.endsWith("s") && !word.endsWith("ss")) forms.push(cut("s"));
  for (const ending of ["ed", "ing"]) {
    if (!word.endsWith(ending)) continue;
    const stem = cut(ending);
    forms.push(stem, `${stem}e`);
    if (stem.at(-1) === stem.at(-2)) forms.push(stem.slice(0, -1));
  }
  return forms;
}
