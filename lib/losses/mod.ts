export type { Loss, LossOptions } from "./loss.ts";
export { lossNamed, lossNames, type SavedLoss, saveLoss } from "./loss_named.ts";
export { type ForecastRows, type LossSlopes, lossSlopes } from "./loss_slopes.ts";
