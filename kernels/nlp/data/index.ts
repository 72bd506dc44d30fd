/**
 * The course's data, readers for data of your own, and what is done with either before a training: labels, splits, batches.
 *
 * @ko 강의의 데이터와 직접 가져온 데이터를 읽고, 학습에 앞서 레이블과 분할, 배치를 마련합니다.
 */
export { createRandom, type Random } from "../random.ts";
export {
  alignLabels,
  type AlignLabelsOptions,
  type AlignmentStrategy,
  type Ignored,
} from "./alignment/align-labels.ts";
export { toCharacters, type Characters, type ToCharactersOptions } from "./alignment/characters.ts";
export type { WordIds } from "./alignment/pieces.ts";
export {
  toTextSpans,
  toWordSpans,
  type MisalignedSpan,
  type Offsets,
  type ToTextSpansOptions,
  type ToWordSpansOptions,
  type WordSpans,
} from "./alignment/text-spans.ts";
export { toWordLabels, type ToWordLabelsOptions } from "./alignment/word-labels.ts";
export { copyNearest, type CopyNearestOptions, type NearestPair } from "./copy-nearest.ts";
export { loadEmoji, type EmojiData, type EmojiTexts, type LoadEmojiOptions } from "./emoji.ts";
export {
  loadEmotion,
  type DataCard,
  type EmotionData,
  type LabelledTexts,
  type Language,
  type LoadEmotionOptions,
} from "./emotion.ts";
export {
  parseConll,
  readConll,
  type ConllFile,
  type ConllSentence,
  type LabelledSentence,
  type ParseConllOptions,
} from "./files/conll.ts";
export {
  parseConllu,
  readConllu,
  type ConlluFile,
  type MultiwordToken,
  type ParseConlluOptions,
  type UdSentence,
  type UdWord,
} from "./files/conllu.ts";
export {
  parseDataset,
  readDataset,
  type Dataset,
  type ParallelDataset,
  type ParseDatasetOptions,
} from "./files/dataset.ts";
export type { Quotes } from "./files/delimited-row.ts";
export { decodeText, type DecodedText, type DecodeTextOptions } from "./files/encoding.ts";
export { guessFormat, type DataFormat, type GuessFormatOptions } from "./files/guess-format.ts";
export {
  parseJsonLines,
  readJsonLines,
  type JsonLines,
  type JsonRecord,
  type ParseJsonLinesOptions,
} from "./files/json-lines.ts";
export { parseParallel, readParallel, type ParallelText } from "./files/parallel.ts";
export type { DroppedLine, LineReport, ReadReport } from "./files/report.ts";
export {
  readText,
  type ByteSource,
  type DataSource,
  type FromFile,
  type SourceText,
} from "./files/source.ts";
export { parseLines, readLines, type TextLines } from "./files/text-lines.ts";
export { loadBrown, type BrownData, type BrownSentence, type LoadBrownOptions } from "./brown/load-brown.ts";
export { toUniversalTag } from "./brown/universal-tags.ts";
export {
  loadEntities,
  type EntityData,
  type EntitySentence,
  type LoadEntitiesOptions,
} from "./entities/load-entities.ts";
export { parseMarks, type MarkedText, type ParseMarksOptions } from "./entities/marks.ts";
export { kFold, type Fold, type KFoldOptions } from "./folds.ts";
export {
  classWeights,
  createLabelMap,
  type ClassWeightsOptions,
  type CreateLabelMapOptions,
  type LabelMap,
} from "./labels.ts";
export { loadMessages, type LoadMessagesOptions, type MessageLanguage, type Messages } from "./messages.ts";
export { nearDuplicates, type NearDuplicate, type NearDuplicatesOptions } from "./near-duplicates.ts";
export type { Pair, PairsCard } from "./pairs.ts";
export type { Politeness } from "./phrasebook/conjugate.ts";
export { createPhrasebook, type CreatePhrasebookOptions, type Phrasebook } from "./phrasebook/phrasebook.ts";
export { convertLabels, type ConvertedLabels, type ConvertLabelsOptions } from "./schemes/convert.ts";
export { guessScheme } from "./schemes/guess.ts";
export {
  findInvalidLabels,
  repairLabels,
  type InvalidLabel,
  type RepairedLabels,
  type RepairLabelsOptions,
} from "./schemes/repair.ts";
export type { SchemeName } from "./schemes/scheme.ts";
export {
  findMergedSpans,
  labelsToSpans,
  spansToLabels,
  type LabelsToSpansOptions,
  type MergedSpans,
  type Span,
  type SpansToLabelsOptions,
} from "./schemes/spans.ts";
export {
  allowedTransitions,
  schemeLabels,
  type AllowedTransitions,
  type AllowedTransitionsOptions,
  type SchemeLabelsOptions,
} from "./schemes/transitions.ts";
export {
  createShapes,
  type CreateShapesOptions,
  type ShapePicture,
  type Shapes,
  type ShapesCard,
} from "./shapes/shapes.ts";
export {
  batches,
  shuffle,
  stratifiedSplit,
  type BatchesOptions,
  type ShuffleOptions,
  type StratifiedSplitOptions,
} from "./split.ts";
export { createStories, type CreateStoriesOptions, type Stories, type Story } from "./stories/stories.ts";
export {
  parseCsv,
  parseTsv,
  readCsv,
  readTsv,
  type ParseCsvOptions,
  type ParseTableOptions,
  type ParseTsvOptions,
  type Row,
  type Table,
} from "./table.ts";
