import * as tf from "@tensorflow/tfjs";
import { lstmCell } from "../functional/recurrent/lstm.ts";
import { RecurrentLayer, type RecurrentOptions } from "./recurrent-layer.ts";
import type { HiddenForwardOptions, HiddenOutput } from "./rnn.ts";

export interface LSTMForwardOptions extends HiddenForwardOptions {
  /** The cell states before the first step, [layers · directions, batch, hiddenSize]. Default: zeros. */
  readonly cell?: tf.Tensor;
}

export interface LSTMOutput extends HiddenOutput {
  /** The cell state of each layer and direction after its last step, [layers · directions, batch, hiddenSize]. */
  readonly cell: tf.Tensor;
}

/**
 * A recurrent layer with a second state, the cell c, that is only multiplied with and added to, and so remembers longer:
 *
 *     i = σ(W_i·x + b_i + U_i·h + c_i)      f, o likewise      g = tanh(W_g·x + b_g + U_g·h + c_g)
 *     c' = f · c + i · g        h' = o · tanh(c')
 *
 * x [batch, time, inputSize] → output [batch, time, directions · hiddenSize], the last hidden and cell states
 *
 * Names in the state dict and first numbers as in `RNN`, with four blocks of rows: i, f, g, o, as in PyTorch's nn.LSTM.
 * Source: S. Hochreiter and J. Schmidhuber, "Long Short-Term Memory", 1997.
 *
 * @ko 셀 상태를 따로 두어 더 오래 기억하는 순환층입니다.
 * @example
 * const lstm = new LSTM(64, 128, { bidirectional: true, seed: 1 });
 * const { output } = lstm.forward(x, { paddingMask }); // [batch, time, 256]
 */
export class LSTM extends RecurrentLayer<LSTMOutput, [options?: LSTMForwardOptions]> {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(lstmCell, { inputSize, hiddenSize, ...options });
  }

  forward(input: tf.Tensor, { hidden, cell, ...padding }: LSTMForwardOptions = {}): LSTMOutput {
    return tf.tidy(() => {
      const [either] = [hidden, cell].filter((state) => state !== undefined);
      const initial = either && [hidden ?? tf.zerosLike(either), cell ?? tf.zerosLike(either)];
      const { output, states } = this.run(input, { ...padding, initial });
      return { output, hidden: states[0], cell: states[1] };
    });
  }
}
