/** The tone of texts by a lexicon of finance, and what the news of a day says of a symbol. */
export * from "./financial_lexicon.ts";
export * from "./news_columns.ts";
export * from "./text_tone.ts";
