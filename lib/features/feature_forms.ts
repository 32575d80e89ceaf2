/** What a feature becomes when the names of a day are held against each other. */
export interface FeatureForm {
  /** What is put before the name of the feature, and the function that does it. */
  readonly prefix: string;
  readonly function: string;
  /** Definition in words. */
  readonly formula: string;
  /** What it needs beside the feature. */
  readonly needs: string;
  /** What a missing value does to it, in words. */
  readonly missing: string;
  readonly source: string;
}

const withinSectors = {
  needs: "the code of the sector of each row, as known on its day (`sectorCodes`)",
  missing:
    "NaN where the value or the sector is missing, or the sector has fewer than `leastNames` values on the day " +
    "(5 where not told)",
  source: "Asness, Porter and Stevens (2000), Predicting Stock Returns Using Industry-Relative Firm Characteristics",
} as const;

/** Forms that every feature of the catalogue has. Look-back and sign are those of the feature: they use its day alone. */
export const featureForms: readonly FeatureForm[] = Object.freeze([
  {
    prefix: "rank",
    function: "rankFeatures",
    formula: "centred rank among all names of the day, in (-1/2, 1/2)",
    needs: "nothing",
    missing: "NaN where the value is missing; a name alone on its day has rank 0",
    source: "Gu, Kelly and Xiu (2020), Review of Financial Studies 33, section 2.1",
  },
  {
    ...withinSectors,
    prefix: "sector_demeaned",
    function: "demeanWithinSectors",
    formula: "the value less its mean over the names of the same sector on the day",
  },
  {
    ...withinSectors,
    prefix: "sector_rank",
    function: "rankWithinSectors",
    formula: "centred rank among the names of the same sector on the day, in (-1/2, 1/2)",
  },
]);
