import type { Service } from "../service.ts";

/**
 * EDGAR of the US Securities and Exchange Commission: free of charge and without a key, for whoever says who is asking; it
 * allows ten requests a second.
 *
 * Source: https://www.sec.gov/search-filings/edgar-search-assistance/accessing-edgar-data
 */
export const secService: Service = {
  name: "sec",
  rate: { perSecond: 5, burst: 5 },
  key: {
    variable: "SEC_USER_AGENT",
    from: "a name and an address of mail, such as Jane Doe jane@example.org, as the SEC asks of all who fetch",
    sign: (key) => ({ headers: { "User-Agent": key } }),
  },
};
