import * as tf from "@tensorflow/tfjs";
import { checkNotEmpty, checkNumber, checkSameLength } from "../../arguments.ts";
import { checkAlive, checkSameShape } from "../../nn/tensors.ts";

/** What an optimiser remembers of one parameter from step to step, each of the parameter's shape. */
export type Memory = Readonly<Record<string, tf.Tensor>>;

export interface Update {
  readonly parameter: tf.Tensor;
  readonly gradient: tf.Tensor;
  /** Empty before the first step. */
  readonly memory: Memory;
  /** Counting from 1. */
  readonly step: number;
  readonly lr: number;
}

export interface Updated {
  readonly parameter: tf.Tensor;
  readonly memory: Memory;
}

export interface StepOptions {
  /** The learning rate of this step, from a schedule. Default: the optimiser's own. */
  readonly lr?: number;
}

/** What an optimiser remembers, as plain numbers: one table for each parameter. */
export interface OptimizerState {
  readonly steps: number;
  readonly memories: readonly Readonly<Record<string, Float32Array>>[];
}

/**
 * The base of the optimisers: keeps what each remembers, and applies its formula to each parameter.
 *
 * The memory belongs to the optimiser, and `dispose()` frees it; the parameters stay the model's, the gradients the caller's.
 *
 * @ko 모든 옵티마이저의 바탕이 되는 클래스입니다.
 */
export abstract class Optimizer {
  readonly parameters: readonly tf.Variable[];
  /** The learning rate: how far a step goes. May be changed between steps. */
  lr: number;
  /** Steps taken. */
  steps = 0;
  #memories: Memory[];

  constructor(parameters: readonly tf.Variable[], { lr }: { readonly lr: number }) {
    checkNotEmpty(parameters, { where: new.target.name, what: "parameters" });
    checkNumber(lr, { where: new.target.name, what: "lr", min: 0 });
    this.parameters = parameters;
    this.lr = lr;
    this.#memories = parameters.map(() => ({}));
  }

  /** The formula: the parameter and the memory after a step. Called inside a `tidy`. */
  protected abstract update(update: Update): Updated;

  /** The same for all parameters; overridden where they can be computed together. Called inside a `tidy`. */
  protected updateAll(updates: readonly Update[]): readonly Updated[] {
    return updates.map((update) => tf.tidy(() => ({ ...this.update(update) })));
  }

  /** One step against the gradients, which stand in the order of the parameters. */
  step(gradients: readonly tf.Tensor[], options: StepOptions = {}): void {
    const where = `${this.constructor.name}.step`;
    const { lr = this.lr } = options;
    checkNumber(lr, { where, what: "lr", min: 0 });
    checkSameLength({ parameters: this.parameters, gradients }, { where });
    this.parameters.forEach((parameter, index) => {
      checkAlive(parameter, { where, what: `parameters[${index}]` });
      checkSameShape({ parameter, gradient: gradients[index] }, { where, remedy: WRONG_GRADIENTS });
    });
    this.steps += 1;
    const before = this.#memories;
    this.#memories = tf.tidy(() => {
      const updates = this.parameters.map((parameter, index) => ({
        parameter,
        gradient: gradients[index],
        memory: before[index],
        step: this.steps,
        lr,
      }));
      return this.updateAll(updates).map(({ parameter, memory }, index) => {
        this.parameters[index].assign(parameter);
        // Kept, so that a `tidy` around the whole step leaves it alone.
        for (const tensor of Object.values(memory)) tf.keep(tensor);
        return { ...memory };
      });
    });
    tf.dispose(before.map((memory) => ({ ...memory })));
  }

  /** What is remembered so far. Copies: they stay as they are while the training goes on. */
  async state(): Promise<OptimizerState> {
    const { steps } = this;
    const memories = await Promise.all(
      this.#memories.map(async (memory) =>
        Object.fromEntries(
          await Promise.all(
            Object.entries(memory).map(async ([name, tensor]): Promise<[string, Float32Array]> => [
              name,
              Float32Array.from(await tensor.data()),
            ]),
          ),
        ),
      ),
    );
    return { steps, memories };
  }

  /** Goes on from a `state()` of an optimiser of the same kind, for the same parameters. */
  restore({ steps, memories }: OptimizerState): void {
    checkSameLength({ parameters: this.parameters, memories }, { where: `${this.constructor.name}.restore` });
    this.dispose();
    this.steps = steps;
    this.#memories = tf.tidy(() =>
      memories.map((memory, index) =>
        Object.fromEntries(
          Object.entries(memory).map(([name, data]) => [
            name,
            tf.keep(tf.tensor(data, this.parameters[index].shape, "float32")),
          ]),
        ),
      ),
    );
  }

  /** Frees the memory. The next step would start anew, as the first one did. */
  dispose(): void {
    tf.dispose(this.#memories.map((memory) => ({ ...memory })));
    this.#memories = this.parameters.map(() => ({}));
    this.steps = 0;
  }
}

/** g + weightDecay · p: the gradient of the loss with ½ · weightDecay · Σ p² added to it (L2 regularisation). */
export function decay({ gradient, parameter }: Update, weightDecay: number): tf.Tensor {
  return weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(parameter, weightDecay));
}

const WRONG_GRADIENTS = {
  en: "Pass the gradients of `valueAndGradients(…, model.parameters())` as they are, and make the optimiser with the same `model.parameters()`.",
  ko: "`valueAndGradients(…, model.parameters())`의 기울기를 그대로 넘기고, 옵티마이저도 같은 `model.parameters()`로 만드십시오.",
};
