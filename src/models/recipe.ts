/** What every model that the course ships is made by, and what is told of it. */
import type { Interval } from "../../kernels/nlp/metrics/index.ts";
import type { AnyModel } from "../../kernels/nlp/nn/index.ts";
import type { Tokenizer } from "../../kernels/nlp/text/index.ts";
import type { ModelCard } from "../../kernels/nlp/train/index.ts";

/** Under the model hub's names, as `pipeline` of Transformers.js takes them. */
export type PipelineTask = "text-classification" | "token-classification" | "translation";

export interface Trained {
  /** In evaluation mode; whoever trains it disposes of it. */
  readonly model: AnyModel;
  readonly tokenizer: Tokenizer;
  readonly labels?: readonly string[];
  /** What was measured on test sentences that were not looked at before. */
  readonly metric: {
    readonly name: string;
    readonly score: Interval;
    /** The same measure of something simpler, on the same sentences. */
    readonly baseline: { readonly name: string; readonly score: Interval };
    /** How many sentences were measured on. */
    readonly sentences: number;
    /** Digits behind the point. */
    readonly digits: number;
  };
  readonly card: Required<Pick<ModelCard, "description" | "data" | "languages" | "limits" | "training">> & {
    /** How it is used once it is loaded: lines that follow `const { model, tokenizer, labels } = …`. */
    readonly use: string;
  };
}

export interface Recipe {
  /** The folder's name. */
  readonly name: string;
  readonly task: PipelineTask;
  /** `small`: a moment's training on a part of the data, to see that the recipe is right. */
  train(options?: { readonly small?: boolean }): Promise<Trained>;
}
