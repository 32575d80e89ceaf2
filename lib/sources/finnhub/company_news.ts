import { calendarDaysBetween } from "@lib/core";
import type { Connection } from "../connection.ts";
import type { RawRecord } from "../raw_store.ts";
import type { Source } from "../source.ts";
import { finnhubService } from "./finnhub_service.ts";
import { type NewsRecord, readCompanyNews } from "./read_company_news.ts";

/** What is asked of {@linkcode companyNews}. */
export interface CompanyNewsQuery {
  symbol: string;
  /** First and last day, ISO, UTC. */
  from: string;
  to: string;
}

/** News of a stretch of time. */
export interface NewsRows {
  /** In order of time. */
  readonly articles: readonly NewsRecord[];
  /** The time of which it can be said that there was no other news; `newsColumns` of the sentiment room asks for it. */
  readonly covered: { readonly from: Date; readonly until: Date };
}

const dayMilliseconds = 86_400_000;
const daysAtOnce = 7;
const fullAnswer = 200; // others see no more than about 250 articles in an answer, whatever there was

/**
 * News of a company from Finnhub, each article from when it was published.
 *
 * Asked for week by week; a week with so much news that an answer may leave some out is asked for again in halves, down to
 * days; of a day with more, the earliest may be missing. A week that was over a day ago is asked for once. Free of charge there is a year of news, of companies in North
 * America.
 */
export const companyNews: Source<CompanyNewsQuery, NewsRows> = {
  name: "finnhub",
  service: finnhubService,
  async fetch({ symbol, from, to }, connection) {
    if (!/^[A-Za-z0-9.-]{1,20}$/.test(symbol)) {
      throw new RangeError(
        `Cannot fetch news: a symbol must be letters, digits, dot, dash, current value is ${symbol}`,
      );
    }
    if (calendarDaysBetween(from, to) < 0) {
      throw new RangeError(`Cannot fetch news: to must not come before ${from}, current value is ${to}`);
    }
    const records: RawRecord[] = [];
    const articles = new Map<number, NewsRecord>();
    let isNew = false;
    for (let [first, end] = [Date.parse(from), Date.parse(to)]; first <= end; first += daysAtOnce * dayMilliseconds) {
      const last = Math.min(end, first + (daysAtOnce - 1) * dayMilliseconds);
      const stretch = await fetchStretch(connection, { symbol, first, last });
      records.push(...stretch.records);
      isNew ||= stretch.isNew;
      for (const article of stretch.articles) articles.set(article.id, article);
    }
    const until = Math.min(
      Date.parse(to) + dayMilliseconds,
      ...records.map(({ fetchedAt }) => Date.parse(fetchedAt)),
    );
    const covered = { from: new Date(from), until: new Date(Math.max(until, Date.parse(from))) };
    const within = [...articles.values()].filter(({ knownAt }) => knownAt >= covered.from && knownAt <= covered.until);
    within.sort((a, b) => Number(a.knownAt) - Number(b.knownAt) || a.id - b.id);
    return { rows: { articles: within, covered }, records, isNew };
  },
};

interface Stretch {
  symbol: string;
  /** First and last day, as instants of their beginning. */
  first: number;
  last: number;
}

interface FetchedStretch {
  articles: NewsRecord[];
  records: RawRecord[];
  isNew: boolean;
}

async function fetchStretch(connection: Connection, { symbol, first, last }: Stretch): Promise<FetchedStretch> {
  const [from, to] = [first, last].map((instant) => new Date(instant).toISOString().slice(0, 10));
  const got = await connection.get(
    finnhubService,
    { url: `https://finnhub.io/api/v1/company-news?symbol=${symbol}&from=${from}&to=${to}` },
    (bytes) => readCompanyNews(bytes, symbol),
    {
      isCurrent: (_, fetchedAt, now) =>
        fetchedAt.getTime() > last + 2 * dayMilliseconds || now.getTime() - fetchedAt.getTime() < 3_600_000,
    },
  );
  const whole = { articles: got.value, records: [got.record], isNew: got.isNew };
  if (got.value.length < fullAnswer || first === last) return whole;
  const days = (last - first) / dayMilliseconds + 1;
  const middle = first + Math.floor(days / 2) * dayMilliseconds;
  const early = await fetchStretch(connection, { symbol, first, last: middle - dayMilliseconds });
  const late = await fetchStretch(connection, { symbol, first: middle, last });
  return {
    articles: [...whole.articles, ...early.articles, ...late.articles],
    records: [...whole.records, ...early.records, ...late.records],
    isNew: whole.isNew || early.isNew || late.isNew,
  };
}
