/** What a training tells of itself while it runs. */
import type { Evaluation } from "./evaluate.ts";

export interface FitProgress<Model> {
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
  /** The latest validation; absent until the first epoch is over, or without validation examples. With `restoreBest`, at the end that of the weights put back. */
  readonly validation?: Evaluation;
  /** All steps so far. A copy: it does not grow as the training goes on. */
  readonly history: FitHistory;
  /** The model as it is now. */
  readonly model: Model;
  /** Whether this is the last report. */
  readonly done: boolean;
}

/** Lists of one length: their i-th entries belong to one step. */
export interface FitHistory {
  readonly step: readonly number[];
  readonly loss: readonly number[];
  readonly lr: readonly number[];
  readonly gradNorm: readonly number[];
  /** One entry an epoch. `accuracy` is empty where there are no classes. */
  readonly validation: {
    readonly step: readonly number[];
    readonly loss: readonly number[];
    readonly accuracy: readonly number[];
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
  readonly #validations: (Evaluation & { step: number })[] = [];

  addStep(record: StepRecord): void {
    this.#steps.push(record);
  }

  addValidation(validation: Evaluation & { step: number }): void {
    this.#validations.push(validation);
  }

  copy(): FitHistory {
    const column = (name: keyof StepRecord) => this.#steps.map((record) => record[name]);
    return {
      step: column("step"),
      loss: column("loss"),
      lr: column("lr"),
      gradNorm: column("gradNorm"),
      validation: {
        step: this.#validations.map(({ step }) => step),
        loss: this.#validations.map(({ loss }) => loss),
        accuracy: this.#validations.flatMap(({ accuracy }) => (accuracy === undefined ? [] : [accuracy])),
      },
    };
  }
}
