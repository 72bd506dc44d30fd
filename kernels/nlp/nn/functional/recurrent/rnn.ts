import * as tf from "@tensorflow/tfjs";
import type { RecurrentCell } from "./cell.ts";

/**
 * The plain recurrent cell of J. Elman, "Finding Structure in Time", 1990. With a = W·x + U·h the sum of both products:
 *
 *     h' = tanh(a)      ∂loss/∂a = ∂loss/∂h' · (1 − h'²)
 */
export const rnnTanhCell: RecurrentCell = {
  name: "tanh",
  gates: 1,
  states: 1,
  step(fromInput, fromHidden) {
    const hidden = tf.tanh(tf.add(fromInput, fromHidden));
    return { states: [hidden], saved: [hidden] };
  },
  stepBack([gradHidden], [hidden]) {
    const gradSum = tf.mul(gradHidden, tf.sub(1, tf.square(hidden)));
    return { fromInput: gradSum, fromHidden: gradSum, states: [undefined] };
  },
};

/** The same with max(0, a) in place of tanh: its gradient passes where h' > 0. */
export const rnnReluCell: RecurrentCell = {
  name: "relu",
  gates: 1,
  states: 1,
  step(fromInput, fromHidden) {
    const hidden = tf.relu(tf.add(fromInput, fromHidden));
    return { states: [hidden], saved: [hidden] };
  },
  stepBack([gradHidden], [hidden]) {
    const gradSum = tf.mul(gradHidden, tf.step(hidden));
    return { fromInput: gradSum, fromHidden: gradSum, states: [undefined] };
  },
};
