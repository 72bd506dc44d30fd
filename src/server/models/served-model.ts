/** What the service needs of a model: texts in, plain data out, wherever and with whatever it computes. */
import type { GenerationConfig } from "../../../kernels/nlp/decode/index.ts";

export const TASKS = ["classify", "label", "translate", "generate"] as const;
export type Task = (typeof TASKS)[number];

export interface ModelDescription {
  readonly task: Task;
  /** As in the checkpoint's `config.json`. */
  readonly modelType: string;
  /** Of a classifier or labeller, in the order of their ids. */
  readonly labels?: readonly string[];
  /** How many numbers were learned. */
  readonly parameters?: number;
  readonly vocabSize?: number;
  /** Longer texts, in tokens, are cut. */
  readonly maxLength?: number;
}

export type { GenerationConfig };

/** What a request asks for beyond its texts; the same for all texts of a batch. */
export interface RunOptions {
  /** Add scores: of every class, of every token. */
  readonly scores?: boolean;
  /** Options of `generate`. */
  readonly generation?: GenerationConfig & { readonly seed?: number };
}

export interface Batch {
  readonly texts: readonly string[];
  readonly options: RunOptions;
}

export interface ClassScore {
  readonly label: string;
  readonly score: number;
}

export interface Classified extends ClassScore {
  /** Every class, the likeliest first. */
  readonly scores?: readonly ClassScore[];
}

/** Characters [start, end) of the text, in UTF-16 units, as JavaScript's `slice` counts. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly label: string;
  readonly score?: number;
}

export interface Labelled {
  readonly spans: readonly Span[];
}

export interface Alternative {
  readonly text: string;
  /** What outputs are ranked by: the sum of log-probabilities over lengthᵅ. */
  readonly score?: number;
  readonly logProbability?: number;
  readonly tokens?: readonly string[];
}

export interface Generated extends Alternative {
  /** Where more than one was asked for: all of them, the best first. */
  readonly alternatives?: readonly Alternative[];
}

export type Prediction = Classified | Labelled | Generated;

/** How an output grows. Greedy search and samples settle tokens one by one; a beam search only says how its best beam is. */
export interface Growth {
  readonly type: "token" | "step";
  /** The place of the text in the batch. */
  readonly index: number;
  /** The number of the sample; 0 for greedy search and for the best beam. */
  readonly sequence: number;
  /** All that has been written so far. */
  readonly text: string;
  readonly token?: string;
}

export interface RunContext {
  readonly signal: AbortSignal;
  /** Only where somebody wants to see it. */
  readonly onGrowth?: (growth: Growth) => void;
}

export interface ServedModel {
  readonly about: ModelDescription;
  /** One prediction for each text. A `ServiceError` says what was wrong with the texts or options. */
  run(batch: Batch, context: RunContext): Promise<readonly Prediction[]>;
  /** Frees everything. A run that is under way may fail. */
  close(): Promise<void>;
}

/** A model that can be loaded, now and again when it has changed. */
export interface ModelSource {
  /** Under which clients ask for it. */
  readonly id: string;
  /** Changes when what would be loaded has changed. */
  version(): Promise<string>;
  /** The caller closes it. */
  load(): Promise<ServedModel>;
}

/** The model ended in the middle of its work: its thread crashed or did not heed that it was stopped. */
export class ModelGoneError extends Error {
  override name = "ModelGoneError";
}
