import * as tf from "@tensorflow/tfjs";
import { checkOneOf } from "../../arguments.ts";
import { rnnReluCell, rnnTanhCell } from "../functional/recurrent/rnn.ts";
import { RecurrentLayer, type RecurrentForwardOptions, type RecurrentOptions } from "./recurrent-layer.ts";

export interface RNNOptions extends RecurrentOptions {
  /** Default "tanh". */
  readonly nonlinearity?: "tanh" | "relu";
}

export interface HiddenForwardOptions extends RecurrentForwardOptions {
  /** The hidden states before the first step, [layers · directions, batch, hiddenSize]. Default: zeros. */
  readonly hidden?: tf.Tensor;
}

export interface HiddenOutput {
  /** The hidden state of the last layer after each step, [batch, time, directions · hiddenSize]. */
  readonly output: tf.Tensor;
  /** The hidden state of each layer and direction after its last step, [layers · directions, batch, hiddenSize]. */
  readonly hidden: tf.Tensor;
}

/**
 * Reads a sequence step by step and keeps what it has read in one vector:
 *
 *     hₜ = tanh(W·xₜ + b + U·hₜ₋₁ + c)
 *
 * x [batch, time, inputSize] → output [batch, time, directions · hiddenSize] and the last hidden states
 *
 * In the state dict, as in PyTorch's nn.RNN: `weight_ih_l0` (W), `weight_hh_l0` (U), `bias_ih_l0`, `bias_hh_l0`, then
 * `…_l0_reverse`, `…_l1` and so on. All start uniform in ±1/√hiddenSize. Source: J. Elman, "Finding Structure in Time",
 * 1990.
 *
 * @ko 시퀀스를 한 걸음씩 읽으며 읽은 것을 벡터 하나에 담는 순환층입니다.
 * @example
 * const rnn = new RNN(64, 128, { seed: 1 });
 * const { output, hidden } = rnn.forward(x, { lengths: [7, 4] }); // [2, time, 128], [1, 2, 128]
 */
export class RNN extends RecurrentLayer<HiddenOutput, [options?: HiddenForwardOptions]> {
  constructor(inputSize: number, hiddenSize: number, options: RNNOptions = {}) {
    const { nonlinearity = "tanh" } = options;
    checkOneOf(nonlinearity, { where: "RNN", what: "nonlinearity", allowed: ["tanh", "relu"] });
    super(nonlinearity === "tanh" ? rnnTanhCell : rnnReluCell, { inputSize, hiddenSize, ...options });
  }

  forward(input: tf.Tensor, { hidden: initial, ...padding }: HiddenForwardOptions = {}): HiddenOutput {
    return tf.tidy(() => {
      const { output, states } = this.run(input, { ...padding, initial: initial && [initial] });
      return { output, hidden: states[0] };
    });
  }
}
