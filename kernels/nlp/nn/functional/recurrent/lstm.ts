import * as tf from "@tensorflow/tfjs";
import type { RecurrentCell } from "./cell.ts";

/**
 * The long short-term memory of S. Hochreiter and J. Schmidhuber, 1997, with the forget gate of F. Gers et al., 2000, in
 * PyTorch's order of gates. With a = W·x + U·h + b:
 *
 *     i = σ(a_i)   what is let in      f = σ(a_f)   what is kept
 *     g = tanh(a_g)   what is new      o = σ(a_o)   what is shown
 *     c' = f · c + i · g      h' = o · tanh(c')
 *
 * and back, with C = ∂loss/∂c' + ∂loss/∂h' · o · (1 − tanh²(c')):
 *
 *     ∂i = C · g · i · (1 − i)     ∂f = C · c · f · (1 − f)     ∂g = C · i · (1 − g²)
 *     ∂o = ∂loss/∂h' · tanh(c') · o · (1 − o)      ∂c = C · f
 *
 * c is only ever multiplied and added to: over many steps its gradient neither vanishes nor explodes while f stays near 1.
 */
export const lstmCell: RecurrentCell = {
  name: "lstm",
  gates: 4,
  states: 2,
  step(fromInput, fromHidden, [, lastCell]) {
    const size = lastCell.shape[1] as number;
    const sums = tf.add(fromInput, fromHidden); // [batch, 4 · hidden]
    const [beforeNew, atNew, afterNew] = tf.split(sums, [2 * size, size, size], 1);
    const [input, forget] = tf.split(tf.sigmoid(beforeNew), 2, 1);
    const [fresh, output] = [tf.tanh(atNew), tf.sigmoid(afterNew)];
    const cell = tf.add(tf.mul(forget, lastCell), tf.mul(input, fresh));
    const shown = tf.tanh(cell);
    return { states: [tf.mul(output, shown), cell], saved: [input, forget, fresh, output, shown] };
  },
  stepBack([gradHidden, gradCell], [input, forget, fresh, output, shown], [, lastCell]) {
    const through = tf.mul(gradHidden, output);
    const carried = tf.add(gradCell, tf.sub(through, tf.mul(through, tf.square(shown)))); // C
    const kept = tf.mul(carried, forget);
    const taken = tf.mul(carried, input);
    const gradSums = tf.concat(
      [
        tf.mul(tf.mul(taken, fresh), tf.sub(1, input)),
        tf.mul(tf.mul(kept, lastCell), tf.sub(1, forget)),
        tf.sub(taken, tf.mul(taken, tf.square(fresh))),
        tf.mul(tf.mul(through, shown), tf.sub(1, output)),
      ],
      1,
    ); // [batch, 4 · hidden]
    return { fromInput: gradSums, fromHidden: gradSums, states: [undefined, kept] };
  },
};
