/**
 * The course's data, readers for data of your own, and what is done with either before a training: labels, splits, batches.
 *
 * @ko 강의의 데이터와 직접 가져온 데이터를 읽고, 학습에 앞서 레이블과 분할, 배치를 마련합니다.
 */
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
