import assert from "node:assert/strict";
import { Panel, seededRandom, weekdays } from "@lib/core";
import { buildFeatures, featuresNamed } from "@lib/features";
import { instantOf } from "./instant_of.ts";
import { MARKET_HOURS } from "./market_hours.ts";
import { joinOtherMarkets, type OtherMarket } from "./other_markets.ts";
import { sessionCloses } from "./session_closes.ts";

const names = ["AAPL", "SPY", "EURUSD", "BTC"];
const hoursOf = (symbol: string) =>
  symbol === "BTC"
    ? MARKET_HOURS.crypto
    : symbol === "EURUSD"
    ? MARKET_HOURS.foreignExchange
    : MARKET_HOURS.newYorkShares;
const everyDay = Array.from(
  { length: 260 },
  (_, day) => new Date(Date.parse("2023-10-01") + day * 86_400_000).toISOString().slice(0, 10),
);
const sessionsOf = (symbol: string) => hoursOf(symbol).sessions(everyDay[0], everyDay.at(-1)!).map(({ day }) => day);
const symbol = names.flatMap((name) => sessionsOf(name).map(() => name));
const random = seededRandom(9);
const mixed = Panel.fromRows({
  symbol,
  date: names.flatMap(sessionsOf),
  columns: { return: Float64Array.from(symbol, () => 0.02 * (random() - 0.5)) },
});
const decisions = sessionCloses(mixed, { hours: hoursOf });

/** Markets with a value that tells the session: the place of its day among all days. */
const placed = (column: string, hours: OtherMarket["hours"], days: readonly string[]): OtherMarket => ({
  column,
  hours,
  days,
  values: Float64Array.from(days, (day) => 100 + everyDay.indexOf(day)),
});
const { impliedVolatility, treasuryRates, foreignExchange, crypto } = MARKET_HOURS;
const workdays = weekdays(everyDay[0], 186);
const markets = [
  placed("implied_volatility", impliedVolatility, sessionsOf("AAPL")),
  placed("short_rate", treasuryRates, workdays),
  placed("long_rate", treasuryRates, workdays),
  placed("credit_spread", treasuryRates, workdays),
  placed("dollar_index", foreignExchange, workdays),
  placed("crypto_price", crypto, everyDay),
];
const joined = joinOtherMarkets(mixed, markets, { decisions });

Deno.test("joinOtherMarkets() gives each row of a mixed panel the last session that had closed, in summer and winter", () => {
  for (const { column, hours, days } of markets) {
    const close = new Map(hours.sessions(everyDay[0], everyDay.at(-1)!).map((session) => [session.day, session.close]));
    const instants = days.map((day) => instantOf(day, close.get(day) ?? hours.close, hours.zone));
    const values = joined.column(column);
    for (let row = 0; row < mixed.rows; row++) {
      const last = instants.findLastIndex((instant) => instant <= decisions[row]);
      const isStale = last >= 0 && decisions[row] - instants[last] > 7 * 86_400_000;
      const wanted = last < 0 || isStale ? NaN : 100 + everyDay.indexOf(days[last]);
      assert.ok(Object.is(values[row], wanted), `${column} of ${mixed.symbols[mixed.symbols.length - 1]}, row ${row}`);
    }
  }
});

Deno.test("no session that closes after a row's own close changes a cross-asset feature of it, to the last bit", () => {
  const features = featuresNamed([
    "term_spread_change_20",
    "credit_spread_change_20",
    "implied_volatility_change_5",
    "dollar_return_20",
    "crypto_return_5",
    "volatility_beta_120",
    "rate_beta_120",
    "dollar_beta_120",
    "crypto_beta_120",
  ]);
  const built = buildFeatures(joined, { features }).panel;
  for (const cut of ["2024-03-08T21:00:00Z", "2024-03-11T20:00:00Z", "2024-05-24T20:00:00Z"]) {
    const limit = Date.parse(cut);
    const later = markets.map((market, place) => {
      const { hours, days, values } = market;
      const closes = sessionCloses(
        Panel.fromRows({ symbol: days.map(() => "A"), date: [...days], columns: {} }),
        { hours },
      );
      return { ...market, values: values.map((value, day) => closes[day] > limit ? value * (place + 2) + 7 : value) };
    });
    const changed = buildFeatures(joinOtherMarkets(mixed, later, { decisions }), { features }).panel;
    for (const { name } of features) {
      const [one, other] = [built.column(name), changed.column(name)];
      const moved = Array.from(one.keys()).filter((row) => !Object.is(one[row], other[row]));
      assert.ok(moved.length > 0, `${name} shows nothing`);
      assert.ok(moved.every((row) => decisions[row] > limit), name);
    }
  }
});

Deno.test("joinOtherMarkets() forgets what is stale, and refuses a column that is there", () => {
  const panel = Panel.fromRows({ symbol: ["A", "A"], date: ["2024-01-10", "2024-01-18"], columns: {} });
  const at = sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares });
  const rate = { column: "long_rate", hours: treasuryRates, days: ["2024-01-09"], values: Float64Array.of(4) };
  assert.deepEqual(joinOtherMarkets(panel, [rate], { decisions: at }).column("long_rate"), Float64Array.of(4, NaN));
  const patient = joinOtherMarkets(panel, [rate], { decisions: at, staleAfterDays: 30 });
  assert.deepEqual(patient.column("long_rate"), Float64Array.of(4, 4));
  assert.throws(() => joinOtherMarkets(panel, [rate, rate], { decisions: at }), {
    name: "RangeError",
    message: "Cannot join other markets: each column must be new, current value is long_rate",
  });
});
