import * as tf from "@tensorflow/tfjs";
import { gruCell } from "../functional/recurrent/gru.ts";
import { RecurrentLayer, type RecurrentOptions } from "./recurrent-layer.ts";
import type { HiddenForwardOptions, HiddenOutput } from "./rnn.ts";

/**
 * A recurrent layer that decides at each step, number by number, how much of its state to replace:
 *
 *     r = σ(W_r·x + b_r + U_r·h + c_r)        z = σ(W_z·x + b_z + U_z·h + c_z)
 *     n = tanh(W_n·x + b_n + r · (U_n·h + c_n))        h' = (1 − z) · n + z · h
 *
 * x [batch, time, inputSize] → output [batch, time, directions · hiddenSize] and the last hidden states
 *
 * Names in the state dict and first numbers as in `RNN`, with three blocks of rows: r, z, n, as in PyTorch's nn.GRU.
 * Source: K. Cho et al., "Learning Phrase Representations using RNN Encoder–Decoder", 2014.
 *
 * @ko 걸음마다 상태를 얼마나 바꿀지 스스로 정하는 순환층입니다.
 */
export class GRU extends RecurrentLayer<HiddenOutput, [options?: HiddenForwardOptions]> {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(gruCell, { inputSize, hiddenSize, ...options });
  }

  forward(input: tf.Tensor, { hidden: initial, ...padding }: HiddenForwardOptions = {}): HiddenOutput {
    return tf.tidy(() => {
      const { output, states } = this.run(input, { ...padding, initial: initial && [initial] });
      return { output, hidden: states[0] };
    });
  }
}
