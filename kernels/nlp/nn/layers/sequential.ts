import * as tf from "@tensorflow/tfjs";
import { checkNotEmpty } from "../../arguments.ts";
import { Module, type AnyModule } from "../module.ts";

/**
 * Layers one after another, each fed with the output of the one before. In the state dict they are numbered:
 * "0.weight", "2.bias".
 *
 * @ko 층을 차례로 잇습니다. 앞 층의 출력이 다음 층의 입력이 됩니다.
 * @example
 * const model = new Sequential(new Linear(100, 16, { seed: 1 }), new ReLU(), new Linear(16, 4, { seed: 2 }));
 */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(...layers: readonly Module[]) {
    super();
    checkNotEmpty(layers, { where: "Sequential", what: "layers" });
    this.layers = layers;
  }

  override namedChildren(): [string, AnyModule][] {
    return this.layers.map((layer, index) => [String(index), layer]);
  }

  forward(input: tf.Tensor): tf.Tensor {
    return tf.tidy(() => this.layers.reduce((output, layer) => layer.forward(output), input));
  }
}
