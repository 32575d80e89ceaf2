import type { Service } from "../service.ts";

/**
 * FRED and ALFRED of the Federal Reserve Bank of St. Louis. It allows two requests a second; a key that it does not know
 * is a bad request to it.
 *
 * Source: https://fred.stlouisfed.org/docs/api/api_key.html, https://fred.stlouisfed.org/docs/api/fred/errors.html
 */
export const fredService: Service = {
  name: "fred",
  rate: { perSecond: 1.5, burst: 10 },
  key: {
    variable: "FRED_API_KEY",
    from: "free of charge at https://fredaccount.stlouisfed.org/apikeys",
    sign: (key) => ({ parameters: { api_key: key } }),
    isRefused: (status, text) => status === 400 && text.includes("api_key"),
  },
};
