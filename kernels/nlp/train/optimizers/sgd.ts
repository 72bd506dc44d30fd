import * as tf from "@tensorflow/tfjs";
import { checkNumber } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { decay, Optimizer, type Update, type Updated } from "./optimizer.ts";

export interface SGDOptions {
  /** Default 0.001. */
  readonly lr?: number;
  /** μ, the share of the last step's velocity that is kept. Default 0. */
  readonly momentum?: number;
  /** τ, the share of a new gradient that the velocity does not take in. Default 0. */
  readonly dampening?: number;
  /** Look ahead along the velocity. Default false. */
  readonly nesterov?: boolean;
  /** L2. Default 0. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent: a step against the gradient.
 *
 *     g ← g + weightDecay · p
 *     v ← μ·v + (1 − τ)·g      (v = g at the first step)
 *     p ← p − lr · v           with nesterov: p − lr · (g + μ·v)
 *
 * Without momentum v is g. Semantics of torch.optim.SGD. Sources: B. Polyak, 1964; I. Sutskever et al., "On the
 * importance of initialization and momentum in deep learning", 2013.
 *
 * @ko 기울기의 반대쪽으로 한 걸음씩 걷는 확률적 경사 하강법입니다.
 * @example new SGD(model.parameters(), { lr: 0.1, momentum: 0.9 })
 */
export class SGD extends Optimizer {
  readonly #options: Required<Omit<SGDOptions, "lr">>;

  constructor(parameters: readonly tf.Variable[], options: SGDOptions = {}) {
    const { lr = 0.001, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = options;
    super(parameters, { lr });
    checkNumber(momentum, { where: "SGD", what: "momentum", min: 0 });
    checkNumber(weightDecay, { where: "SGD", what: "weightDecay", min: 0 });
    if (nesterov && (momentum === 0 || dampening !== 0)) throw nesterovNeedsMomentum();
    this.#options = { momentum, dampening, nesterov, weightDecay };
  }

  protected update(update: Update): Updated {
    const { momentum, dampening, nesterov, weightDecay } = this.#options;
    const gradient = decay(update, weightDecay);
    if (momentum === 0) return { parameter: descend(update, gradient), memory: {} };
    const { velocity: before } = update.memory;
    const velocity = before
      ? tf.add(tf.mul(before, momentum), tf.mul(gradient, 1 - dampening))
      : tf.clone(gradient);
    const direction = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
    return { parameter: descend(update, direction), memory: { velocity } };
  }
}

function descend({ parameter, lr }: Update, direction: tf.Tensor): tf.Tensor {
  return tf.sub(parameter, tf.mul(direction, lr));
}

function nesterovNeedsMomentum(): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "SGD",
    given: { en: "`nesterov` is true.", ko: "`nesterov`가 true입니다." },
    expected: {
      en: "It needs a momentum above 0 and no dampening.",
      ko: "모멘텀이 0보다 커야 하고 dampening이 없어야 합니다.",
    },
    remedy: { en: "Pass `momentum: 0.9`.", ko: "`momentum: 0.9`를 넘기십시오." },
  });
}
