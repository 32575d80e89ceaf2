import type { Service } from "../service.ts";

/** Yahoo Finance: asks for no key, and publishes no limit; this one is far below what others report to be let through. */
export const yahooService: Service = { name: "yahoo", rate: { perSecond: 1, burst: 4 } };
