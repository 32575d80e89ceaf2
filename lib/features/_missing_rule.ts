/** What a missing value does to a feature: the sentences of the catalogue, each written once. */
export const missingRule = {
  ends: "NaN where the first or the last price is missing; those in between are not read",
  sameDay: "NaN where a value of the day is missing",
  window: "NaN until the window is full, and while a missing value is inside",
  restart: "NaN until the average has begun, and as long again after a missing value: it starts afresh",
} as const;
