/** Gradients that TensorFlow.js lacks, computes wrongly or slowly. They hold on every backend. */
import * as tf from "@tensorflow/tfjs";
import { maybeNative, sizeOf } from "./native.ts";

/** Once is enough: a second call puts the same in the same place. */
export function registerGradients(): void {
  for (const config of [relu, sum, mean, cumsum, einsum]) {
    if (tf.getGradient(config.kernelName)) tf.unregisterGradient(config.kernelName);
    tf.registerGradient(config);
  }
}

/** dy where x > 0, in one pass; elsewhere dy · step(x), which is three. */
const relu: tf.GradConfig = {
  kernelName: "Relu",
  inputsToSave: ["x"],
  gradFunc: (dy, [x]) => ({
    x() {
      const gradient = dy as tf.Tensor;
      const native = maybeNative();
      if (!native) return tf.mul(gradient, tf.cast(tf.step(x), "float32"));
      const dx = native.output(x.shape);
      native.run.reluGradient(
        native.address(gradient),
        native.address(x),
        native.address(dx),
        sizeOf(x.shape),
      );
      return native.tensor(dx);
    },
  }),
};

/** dy, the same for all that were added up. TensorFlow.js's own multiplies it with a tensor of ones. */
const sum: tf.GradConfig = {
  kernelName: "Sum",
  inputsToSave: ["x"],
  gradFunc: (dy, [x], { axis }) => ({ x: () => spread(dy as tf.Tensor, x.shape, axis as number[]) }),
};

/** dy, shared out among all that were averaged. */
const mean: tf.GradConfig = {
  kernelName: "Mean",
  inputsToSave: ["x"],
  gradFunc: (dy, [x], { axis }) => ({
    x() {
      const gradient = dy as tf.Tensor;
      const count = sizeOf(x.shape) / Math.max(1, gradient.size);
      return spread(tf.div(gradient, count), x.shape, axis as number[]);
    },
  }),
};

/** Copies of a tensor along the axes over which `shape` was reduced to it; no axes are all of them. */
function spread(reduced: tf.Tensor, shape: readonly number[], axis: number | readonly number[]): tf.Tensor {
  if (sizeOf(shape) === 0) return tf.zeros([...shape]);
  const axes = [axis ?? shape.map((_, i) => i)].flat().map((i) => (i < 0 ? i + shape.length : i));
  const kept = shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return tf.broadcastTo(tf.reshape(reduced, kept), [...shape]);
}

/** TensorFlow.js's own exchanges dimensions when the axis is not the last. */
const cumsum: tf.GradConfig = {
  kernelName: "Cumsum",
  gradFunc(dy, _, attributes) {
    const { axis, exclusive, reverse } = attributes as unknown as Record<string, boolean> & { axis: number };
    return { x: () => tf.cumsum(dy as tf.Tensor, axis, exclusive, !reverse) };
  },
};

/** The gradient of a sum of products is one again: for "ij,jk->ik", "ik,jk->ij" and "ik,ij->jk". */
const einsum: tf.GradConfig = {
  kernelName: "Einsum",
  saveAllInputs: true,
  gradFunc(dy, operands, attributes) {
    const { equation } = attributes as unknown as { equation: string };
    const [given, result] = equation.replace(/\s/g, "").split("->");
    const terms = given.split(",");
    return Object.fromEntries(
      terms.map((term, index) => [
        index,
        () => {
          const others = terms.filter((_, other) => other !== index);
          const available = [result, ...others].join("");
          const letters = [...term].filter((letter) => available.includes(letter));
          const whole = operands[index].shape;
          const partial = tf.einsum(
            `${[result, ...others].join(",")}->${letters.join("")}`,
            dy as tf.Tensor,
            ...operands.filter((_, other) => other !== index),
          );
          // A letter that stood in this term alone was summed out: its gradient is the same all along.
          const shape = [...term].map((letter, place) => (letters.includes(letter) ? whole[place] : 1));
          return tf.broadcastTo(tf.reshape(partial, shape), whole);
        },
      ]),
    );
  },
};
