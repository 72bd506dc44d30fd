import * as tf from "@tensorflow/tfjs";

/**
 * The steps of a batch that count, moved together at the front: what padding, or pieces of words without a label, leave
 * between them is closed.
 */
export interface PackedSteps {
  /** The places of the counted steps of each example that has any. */
  readonly kept: readonly (readonly number[])[];
  /** The places of those examples in the batch. */
  readonly examples: readonly number[];
  /** [batch, time, size] → [examples, longest, size]; what stands behind an example's end means nothing. */
  pack(steps: tf.Tensor): tf.Tensor;
  /** Back to [batch, time, size], with zeros on the steps that do not count. */
  unpack(packed: tf.Tensor): tf.Tensor;
}

/** `counted[example][step]`: whether the step counts. */
export function packSteps(counted: readonly (readonly boolean[])[]): PackedSteps {
  const [batch, time] = [counted.length, counted[0]?.length ?? 0];
  const places = counted.map((flags) => flags.flatMap((flag, step) => (flag ? [step] : [])));
  const examples = places.flatMap((steps, example) => (steps.length > 0 ? [example] : []));
  const kept = examples.map((example) => places[example]);
  const longest = kept.reduce((most, steps) => Math.max(most, steps.length), 0);
  const whole = examples.length === batch && kept.every((steps) => steps.length === time);

  function pack(steps: tf.Tensor): tf.Tensor {
    if (whole) return tf.clone(steps);
    const size = steps.shape[2] as number;
    const rows = kept.flatMap((places, index) =>
      Array.from({ length: longest }, (_, place) => examples[index] * time + (places[place] ?? 0)),
    );
    return tf.tidy(() =>
      tf.reshape(tf.gather(tf.reshape(steps, [batch * time, size]), tf.tensor1d(rows, "int32")), [
        kept.length,
        longest,
        size,
      ]),
    );
  }

  function unpack(packed: tf.Tensor): tf.Tensor {
    if (whole) return tf.clone(packed);
    const size = packed.shape[2] as number;
    const rows = Array<number>(batch * time).fill(kept.length * longest); // a row of zeros after all others
    kept.forEach((places, index) =>
      places.forEach((step, place) => {
        rows[examples[index] * time + step] = index * longest + place;
      }),
    );
    return tf.tidy(() => {
      const flat = tf.concat([tf.reshape(packed, [-1, size]), tf.zeros([1, size])]);
      return tf.reshape(tf.gather(flat, tf.tensor1d(rows, "int32")), [batch, time, size]);
    });
  }

  return { kept, examples, pack, unpack };
}
