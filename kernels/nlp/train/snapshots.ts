import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkNotEmpty } from "../arguments.ts";
import type { Module } from "../nn/module.ts";

/** A model's weights as they were after an epoch, as plain numbers: nothing has to be disposed of. */
export interface Snapshot {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  /** One list for each of the model's parameters. */
  readonly weights: readonly Float32Array[];
}

/**
 * What a training has kept of its model, epoch by epoch. `restore` takes the model back: whatever reads it then sees it as
 * it was, predictions, attention, decoding.
 *
 * @ko 학습 중 에폭마다 남긴 가중치입니다. `restore`로 모델을 그때로 되돌립니다.
 * @example
 * progress.snapshots.restore(0); // the model before it had learnt anything
 */
export class Snapshots {
  readonly #parameters: readonly tf.Variable[];
  readonly #list: readonly Snapshot[];

  constructor(model: Module<never, unknown, never>, list: readonly Snapshot[]) {
    this.#parameters = model.parameters();
    this.#list = list;
  }

  /** The first is the untrained model, epoch 0. */
  get list(): readonly Snapshot[] {
    return this.#list;
  }

  /** Copies the weights of the `index`-th snapshot into the model. */
  restore(index: number): Snapshot {
    const where = "Snapshots.restore";
    checkNotEmpty(this.#list, { where, what: "list" });
    checkInteger(index, { where, what: "index", min: 0, max: this.#list.length - 1 });
    putWeights(this.#parameters, this.#list[index].weights);
    return this.#list[index];
  }
}

/** Keeps at most `max` snapshots: when there are more, every second but the last goes. */
export class SnapshotKeeper {
  readonly #max: number;
  #list: Snapshot[] = [];
  #every = 1;

  constructor(max: number) {
    this.#max = max;
  }

  get list(): readonly Snapshot[] {
    return this.#list;
  }

  async add(parameters: readonly tf.Variable[], at: Omit<Snapshot, "weights">): Promise<void> {
    const last = this.#list.at(-1);
    // The latest always stays until the next comes; then only if its epoch is one of those that are kept.
    if (last && last.epoch % this.#every !== 0) this.#list = this.#list.slice(0, -1);
    this.#list = [...this.#list, { ...at, weights: await takeWeights(parameters) }];
    while (this.#list.length > this.#max) {
      this.#every *= 2;
      const newest = this.#list.at(-1);
      this.#list = this.#list.filter((item) => item === newest || item.epoch % this.#every === 0);
    }
  }
}

export function takeWeights(parameters: readonly tf.Tensor[]): Promise<Float32Array[]> {
  return Promise.all(parameters.map(async (parameter) => Float32Array.from(await parameter.data())));
}

export function putWeights(parameters: readonly tf.Variable[], weights: readonly Float32Array[]): void {
  tf.tidy(() =>
    parameters.forEach((parameter, index) => parameter.assign(tf.tensor(weights[index], parameter.shape))),
  );
}
