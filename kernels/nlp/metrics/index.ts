export { accuracy, kappa, matthews } from "./agreement.ts";
export { confusionMatrix, type ClassesOptions } from "./confusion.ts";
export {
  bootstrapInterval,
  wilsonInterval,
  type BootstrapOptions,
  type Interval,
  type WilsonOptions,
} from "./intervals.ts";
export {
  precisionRecallF1,
  type ClassScores,
  type PrecisionRecallF1,
  type Scores,
} from "./precision-recall.ts";
