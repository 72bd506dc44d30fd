import * as tf from "@tensorflow/tfjs";
import { adam } from "../../../simd/index.ts";
import { checkNumber } from "../../arguments.ts";
import { nativeFor } from "../../nn/functional/native.ts";
import { decay, Optimizer, type Update, type Updated } from "./optimizer.ts";

export interface AdamOptions {
  /** Default 0.001. */
  readonly lr?: number;
  /** β₁ and β₂: how slowly the means of g and of g² forget. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** ε, against a division by 0. Default 1e-8. */
  readonly eps?: number;
  /** Default 0 in Adam (as L2), 0.01 in AdamW (decoupled). */
  readonly weightDecay?: number;
}

/**
 * Steps of about `lr` for every parameter, whatever the size of its gradient:
 *
 *     m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
 *     p ← p − lr · m̂ / (√v̂ + ε)    m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
 *
 * Dividing by 1 − βᵗ makes up for m and v starting at 0. Semantics of torch.optim.Adam; `weightDecay` is added to g.
 * Source: D. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", 2015.
 *
 * @ko 기울기의 크기와 상관없이 파라미터마다 `lr` 정도의 걸음을 걷습니다.
 * @example new Adam(model.parameters(), { lr: 0.01 })
 */
export class Adam extends Optimizer {
  readonly #options: Required<Omit<AdamOptions, "lr">>;

  constructor(parameters: readonly tf.Variable[], options: AdamOptions = {}) {
    const { lr = 0.001, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
    super(parameters, { lr });
    for (const beta of betas)
      checkNumber(beta, { where: new.target.name, what: "betas", min: 0, max: 1, below: true });
    checkNumber(eps, { where: new.target.name, what: "eps", min: 0 });
    checkNumber(weightDecay, { where: new.target.name, what: "weightDecay", min: 0 });
    this.#options = { betas, eps, weightDecay };
  }

  protected get weightDecay(): number {
    return this.#options.weightDecay;
  }

  protected update(update: Update): Updated {
    return this.adapt(update, decay(update, this.weightDecay));
  }

  protected override updateAll(updates: readonly Update[]): readonly Updated[] {
    const [{ step, lr }] = updates;
    const native = nativeFor(...updates.flatMap(({ parameter, gradient }) => [parameter, gradient]));
    if (!native) return super.updateAll(updates);
    const { betas, eps } = this.#options;
    const parameters = updates.map(({ parameter, gradient, memory }) => ({ parameter, gradient, ...memory }));
    const steps = adam(native, parameters, {
      betas,
      eps,
      rate: lr / (1 - betas[0] ** step),
      spread: 1 / Math.sqrt(1 - betas[1] ** step),
      ...this.decays(lr),
    });
    return steps.map(({ parameter, mean, square }) => ({ parameter, memory: { mean, square } }));
  }

  /** What `weightDecay` adds to a gradient, and what it multiplies a parameter with. */
  protected decays(_lr: number): { readonly decay: number; readonly shrink: number } {
    return { decay: this.weightDecay, shrink: 1 };
  }

  /** The formula above, for a gradient to which weight decay has been added or not. */
  protected adapt({ parameter, memory, step, lr }: Update, gradient: tf.Tensor): Updated {
    const { betas, eps } = this.#options;
    const [beta1, beta2] = betas;
    const mean = movingMean(memory.mean, { next: gradient, beta: beta1 });
    const square = movingMean(memory.square, { next: tf.square(gradient), beta: beta2 });
    const scale = lr / (1 - beta1 ** step);
    const deviation = tf.add(tf.mul(tf.sqrt(square), 1 / Math.sqrt(1 - beta2 ** step)), eps);
    return { parameter: tf.sub(parameter, tf.mul(tf.div(mean, deviation), scale)), memory: { mean, square } };
  }
}

/**
 * Adam with weight decay taken out of the gradient: every step shrinks the parameter itself, p ← p · (1 − lr · weightDecay),
 * by the same share whatever Adam makes of the gradient.
 *
 * Semantics of torch.optim.AdamW. Source: I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", 2019.
 *
 * @ko 가중치 감쇠를 기울기에서 떼어 낸 Adam입니다.
 */
export class AdamW extends Adam {
  constructor(parameters: readonly tf.Variable[], options: AdamOptions = {}) {
    super(parameters, { weightDecay: 0.01, ...options });
  }

  protected override decays(lr: number) {
    return { decay: 0, shrink: 1 - lr * this.weightDecay };
  }

  protected override update(update: Update): Updated {
    const parameter = tf.mul(update.parameter, 1 - update.lr * this.weightDecay);
    return this.adapt({ ...update, parameter }, update.gradient);
  }
}

/** β·before + (1 − β)·next, starting from 0. */
function movingMean(
  before: tf.Tensor | undefined,
  { next, beta }: { next: tf.Tensor; beta: number },
): tf.Tensor {
  const fresh = tf.mul(next, 1 - beta);
  return before ? tf.add(tf.mul(before, beta), fresh) : fresh;
}
