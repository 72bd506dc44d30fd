/**
 * What a cell can show: figures, tables, tokens, attention, a training while it runs.
 *
 * Each function returns plain data, which the page draws: pass it to `display`, or end the cell with it.
 *
 * @ko 셀이 보여 줄 수 있는 것들입니다. 그림, 표, 토큰, 어텐션, 진행 중인 학습을 그립니다.
 */
export { attention } from "./attention.ts";
export type { AttentionViewSpec } from "./attention.ts";
export { beamAutopsy } from "./autopsy.ts";
export type { BeamAutopsyOptions } from "./autopsy.ts";
export { beamTree } from "./beam-tree.ts";
export type { BeamTreeOptions } from "./beam-tree.ts";
export { decodingComparison } from "./decoding.ts";
export type {
  DecodingComparisonSpec,
  DecodingInputSpec,
  DecodingResultSpec,
  DecodingStrategySpec,
} from "./decoding.ts";
export { bars, figure, lines } from "./figure.ts";
export type { BarsOptions, FigureOptions, LinesOptions, Series } from "./figure.ts";
export { html, markdown, progress, tokens } from "./rich.ts";
export type { ProgressSpec, TokenSequenceSpec } from "./rich.ts";
export { confusion, table } from "./table.ts";
export type { ConfusionOptions, TableOptions } from "./table.ts";
export { trainingBoard } from "./training.ts";
export type { TrainingBoardOptions, TrainingHistory, TrainingProgress } from "./training.ts";
export { text } from "./text.ts";
export type { Localized, Text } from "../localized.ts";
export type * from "./output.ts";
