import { FACTOR_MODELS, loadFactors } from "@lib/data";
import { type FactorReturns, readDailyTable } from "@lib/f4";

type Model = typeof FACTOR_MODELS[number];

/**
 * Returns of factors: those of Fama and French, by the name of a model or `1` for the largest; or from a file with the
 * column `date` and one column for each factor, in fractions, `risk_free` among them if it is known.
 */
export async function readFactors(asked: string): Promise<FactorReturns> {
  const model = asked === "1" ? "six" : FACTOR_MODELS.find((name) => name === asked);
  if (model !== undefined) return await loadFactors({ model: model as Model });
  const { dates, values } = await readDailyTable(asked, { optional: true });
  const { risk_free: riskFree, ...factors } = values;
  const names = Object.keys(factors);
  if (names.length > 0) return { dates, names, values: Object.values(factors), riskFree };
  throw new SyntaxError(`Cannot read factors: ${asked} must have a column beside date, there is none`);
}
