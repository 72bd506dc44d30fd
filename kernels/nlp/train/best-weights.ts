import * as tf from "@tensorflow/tfjs";
import type { Evaluation } from "./evaluate.ts";
import { takeWeights } from "./snapshots.ts";
import type { TrainingState } from "./training-state.ts";

/** Remembers the weights at which a model was best, and whether it still gets better. */
export class BestWeights {
  /** Validations since the last improvement. */
  stale = 0;
  readonly #parameters: readonly tf.Variable[];
  #score = -Infinity;
  #evaluation: Evaluation | undefined;
  #copies: tf.Tensor[] = [];

  constructor(parameters: readonly tf.Variable[], saved?: TrainingState["best"]) {
    this.#parameters = parameters;
    if (!saved) return;
    this.#score = saved.score;
    this.stale = saved.stale;
    this.#copies = saved.weights.map((weights, index) =>
      tf.keep(tf.tensor(weights, parameters[index].shape)),
    );
  }

  /** Takes the weights as they are now if the score, of which more is better, is the highest so far. */
  offer(score: number, evaluation: Evaluation | undefined): void {
    if (score <= this.#score) {
      this.stale += 1;
      return;
    }
    this.#score = score;
    this.#evaluation = evaluation;
    this.stale = 0;
    this.dispose();
    this.#copies = this.#parameters.map((parameter) => tf.keep(tf.clone(parameter)));
  }

  /** Puts the best weights back into the parameters, and says how good they are; undefined of a training before this one. */
  restore(): Evaluation | undefined {
    this.#copies.forEach((copy, index) => this.#parameters[index].assign(copy));
    return this.#evaluation;
  }

  async state(): Promise<TrainingState["best"]> {
    if (this.#copies.length === 0) return undefined;
    return { score: this.#score, stale: this.stale, weights: await takeWeights(this.#copies) };
  }

  dispose(): void {
    tf.dispose(this.#copies);
    this.#copies = [];
  }
}
