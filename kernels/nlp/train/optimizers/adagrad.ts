import * as tf from "@tensorflow/tfjs";
import { checkNumber } from "../../arguments.ts";
import { decay, Optimizer, type Update, type Updated } from "./optimizer.ts";

export interface AdagradOptions {
  /** Default 0.01. */
  readonly lr?: number;
  /** The learning rate is divided by 1 + (t − 1) · lrDecay. Default 0. */
  readonly lrDecay?: number;
  /** L2. Default 0. */
  readonly weightDecay?: number;
  /** Default 1e-10. */
  readonly eps?: number;
}

/**
 * Divides each gradient by all that it has been so far, so rare features keep large steps:
 *
 *     s ← s + g²
 *     p ← p − lr / (1 + (t − 1)·lrDecay) · g / (√s + ε)
 *
 * Semantics of torch.optim.Adagrad. Source: J. Duchi et al., "Adaptive Subgradient Methods", 2011.
 *
 * @ko 기울기를 그동안의 기울기로 나눕니다. 드문 특징도 큰 걸음을 유지합니다.
 */
export class Adagrad extends Optimizer {
  readonly #options: Required<Omit<AdagradOptions, "lr">>;

  constructor(parameters: readonly tf.Variable[], options: AdagradOptions = {}) {
    const { lr = 0.01, lrDecay = 0, weightDecay = 0, eps = 1e-10 } = options;
    super(parameters, { lr });
    for (const [what, value] of Object.entries({ lrDecay, weightDecay, eps })) {
      checkNumber(value, { where: "Adagrad", what, min: 0 });
    }
    this.#options = { lrDecay, weightDecay, eps };
  }

  protected update(update: Update): Updated {
    const { lrDecay, weightDecay, eps } = this.#options;
    const { parameter, memory, step, lr } = update;
    const gradient = decay(update, weightDecay);
    const sum = memory.sum ? tf.add(memory.sum, tf.square(gradient)) : tf.square(gradient);
    const rate = lr / (1 + (step - 1) * lrDecay);
    const scaled = tf.div(gradient, tf.add(tf.sqrt(sum), eps));
    return { parameter: tf.sub(parameter, tf.mul(scaled, rate)), memory: { sum } };
  }
}
