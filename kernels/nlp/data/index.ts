export { createRandom, type Random } from "../random.ts";
export {
  loadEmotion,
  type DataCard,
  type EmotionData,
  type LabelledTexts,
  type Language,
  type LoadEmotionOptions,
} from "./emotion.ts";
export {
  classWeights,
  createLabelMap,
  type ClassWeightsOptions,
  type CreateLabelMapOptions,
  type LabelMap,
} from "./labels.ts";
export { nearDuplicates, type NearDuplicate, type NearDuplicatesOptions } from "./near-duplicates.ts";
export {
  batches,
  shuffle,
  stratifiedSplit,
  type BatchesOptions,
  type ShuffleOptions,
  type StratifiedSplitOptions,
} from "./split.ts";
export { parseTsv, type DroppedLine, type ParseTsvOptions, type Row, type Table } from "./table.ts";
