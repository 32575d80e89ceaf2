import type { Service } from "../service.ts";

/**
 * Finnhub. Free of charge it allows sixty requests a minute.
 *
 * Source: https://finnhub.io/docs/api/authentication, https://finnhub.io/docs/api/rate-limit
 */
export const finnhubService: Service = {
  name: "finnhub",
  rate: { perSecond: 0.95, burst: 5 },
  key: {
    variable: "FINNHUB_API_KEY",
    from: "free of charge at https://finnhub.io/register",
    sign: (key) => ({ headers: { "X-Finnhub-Token": key } }),
  },
};
