/** What a training tells of itself while it runs. */
import type { Evaluation } from "./evaluate.ts";
import type { Metrics } from "./fit-options.ts";
import type { Snapshots } from "./snapshots.ts";
import type { TrainingState } from "./training-state.ts";

export interface FitProgress<Model, Shown = unknown> {
  /** Counting from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps taken, counting from 1. */
  readonly step: number;
  readonly totalSteps: number;
  /** The loss of this step's batch, before the step. */
  readonly loss: number;
  /** The learning rate of this step. */
  readonly lr: number;
  /** The length of this step's gradient, before clipping. */
  readonly gradNorm: number;
  readonly examplesPerSecond: number;
  /** Where `lengthOf` was given. */
  readonly tokensPerSecond?: number;
  /** Seconds that the steps to come will take, as far as those before tell. */
  readonly remaining: number;
  /** The latest validation; absent until the first epoch is over, or without validation examples. With `restoreBest`, at the end that of the weights put back. */
  readonly validation?: Evaluation;
  /** The latest of what `metrics` computed. */
  readonly metrics?: Metrics;
  /** The latest of what `examples` returned. */
  readonly examples?: Shown;
  /** The weights after each epoch so far, where they are kept. */
  readonly snapshots?: Snapshots;
  /** All steps so far. A copy: it does not grow as the training goes on. */
  readonly history: FitHistory;
  /** The model as it is now. */
  readonly model: Model;
  /** Whether this is the last report. */
  readonly done: boolean;
  /** All that `resumeFrom` needs. To be taken before the training goes on: inside the loop over `fit`, or after it was left. */
  state(): Promise<TrainingState>;
}

/** Lists of one length: their i-th entries belong to one step. */
export interface FitHistory {
  readonly step: readonly number[];
  readonly loss: readonly number[];
  readonly lr: readonly number[];
  readonly gradNorm: readonly number[];
  /** One entry an epoch: where there is a validation its loss, where there are classes the accuracy, and the metrics by name. */
  readonly validation: {
    readonly step: readonly number[];
    readonly loss: readonly number[];
    readonly accuracy: readonly number[];
    readonly [metric: string]: readonly number[];
  };
}

export interface StepRecord {
  readonly step: number;
  readonly loss: number;
  readonly lr: number;
  readonly gradNorm: number;
}

/** Writes down every step and hands out copies. */
export class FitRecorder {
  readonly #steps: StepRecord[] = [];
  readonly #validations: { readonly step: number; readonly found: Readonly<Record<string, number>> }[] = [];

  /** Goes on from a history. */
  constructor(history?: FitHistory) {
    if (!history) return;
    this.#steps = history.step.map((step, index) => ({
      step,
      loss: history.loss[index],
      lr: history.lr[index],
      gradNorm: history.gradNorm[index],
    }));
    const { step: steps, ...columns } = history.validation;
    const filled = Object.entries(columns).filter(([, values]) => values.length === steps.length);
    this.#validations = steps.map((step, index) => ({
      step,
      found: Object.fromEntries(filled.map(([name, values]) => [name, values[index]])),
    }));
  }

  addStep(record: StepRecord): void {
    this.#steps.push(record);
  }

  addValidation({
    step,
    validation,
    metrics,
  }: {
    step: number;
    validation: Evaluation | undefined;
    metrics: Metrics | undefined;
  }): void {
    const { loss, accuracy } = validation ?? {};
    const found = {
      ...(loss !== undefined && { loss }),
      ...(accuracy !== undefined && { accuracy }),
      ...metrics,
    };
    this.#validations.push({ step, found });
  }

  copy(): FitHistory {
    const column = (name: keyof StepRecord) => this.#steps.map((record) => record[name]);
    const names = new Set([
      "loss",
      "accuracy",
      ...this.#validations.flatMap(({ found }) => Object.keys(found)),
    ]);
    const validationColumn = (name: string) =>
      this.#validations.flatMap(({ found }) => (name in found ? [found[name]] : []));
    return {
      step: column("step"),
      loss: column("loss"),
      lr: column("lr"),
      gradNorm: column("gradNorm"),
      validation: {
        step: this.#validations.map(({ step }) => step),
        ...(Object.fromEntries([...names].map((name) => [name, validationColumn(name)])) as {
          readonly loss: number[];
          readonly accuracy: number[];
        }),
      },
    };
  }
}
