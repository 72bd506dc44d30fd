import type * as tf from "@tensorflow/tfjs";

/**
 * One step of a recurrent layer, there and back. Shapes: a state [batch, hidden]; the two products, of the input and
 * of the last hidden state with their weights, [batch, gates · hidden] each, the gates side by side.
 */
export interface RecurrentCell {
  /** By which the native kernels know it. */
  readonly name: "lstm" | "gru" | "tanh" | "relu";
  /** How many blocks of `hidden` rows the weights have. */
  readonly gates: number;
  /** How many states are handed on: the hidden state, and an LSTM's cell state. */
  readonly states: number;
  /** The next states, and what the way back needs. */
  step(fromInput: tf.Tensor, fromHidden: tf.Tensor, states: readonly tf.Tensor[]): CellStep;
  stepBack(
    gradStates: readonly tf.Tensor[],
    saved: readonly tf.Tensor[],
    states: readonly tf.Tensor[],
  ): CellStepBack;
}

export interface CellStep {
  readonly states: tf.Tensor[];
  readonly saved: tf.Tensor[];
}

export interface CellStepBack {
  /** ∂loss/∂fromInput and ∂loss/∂fromHidden, [batch, gates · hidden]. */
  readonly fromInput: tf.Tensor;
  readonly fromHidden: tf.Tensor;
  /** What goes to the last states directly, not by way of the product with the weights; undefined: nothing. */
  readonly states: readonly (tf.Tensor | undefined)[];
}
