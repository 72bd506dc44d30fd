import * as tf from "@tensorflow/tfjs";
import type { Evaluation } from "./evaluate.ts";

/** Remembers the weights at which a model was best, and whether it still gets better. */
export class BestWeights {
  /** Validations since the last improvement. */
  stale = 0;
  readonly #parameters: readonly tf.Variable[];
  #evaluation: Evaluation = { loss: Infinity };
  #copies: tf.Tensor[] = [];

  constructor(parameters: readonly tf.Variable[]) {
    this.#parameters = parameters;
  }

  /** Takes the weights as they are now if the loss is the lowest so far. */
  offer(evaluation: Evaluation): void {
    if (evaluation.loss >= this.#evaluation.loss) {
      this.stale += 1;
      return;
    }
    this.#evaluation = evaluation;
    this.stale = 0;
    this.dispose();
    this.#copies = this.#parameters.map((parameter) => tf.keep(tf.clone(parameter)));
  }

  /** Puts the best weights back into the parameters, and says how good they are. */
  restore(): Evaluation {
    this.#copies.forEach((copy, index) => this.#parameters[index].assign(copy));
    return this.#evaluation;
  }

  dispose(): void {
    tf.dispose(this.#copies);
    this.#copies = [];
  }
}
