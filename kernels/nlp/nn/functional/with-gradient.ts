import * as tf from "@tensorflow/tfjs";

type Inputs = Readonly<Record<string, tf.Tensor | undefined>>;
type Saved = Readonly<Record<string, tf.Tensor | readonly tf.Tensor[]>>;

export interface Differentiable<I extends Inputs, S extends Saved> {
  readonly value: tf.Tensor;
  /** What the way back needs of the way there. TensorFlow.js keeps it until the gradients are computed. */
  readonly saved: S;
  /** ∂loss/∂input for each input, from g = ∂loss/∂value. */
  gradient(g: tf.Tensor, saved: S): { readonly [K in keyof I]: tf.Tensor | undefined };
}

/**
 * A function whose gradient is written out instead of being put together from those of its operations: `tf.customGrad`
 * with names. Inputs that are undefined are left out.
 *
 * @example
 * const square = (x: tf.Tensor) =>
 *   withGradient({ x }, () => ({ value: tf.mul(x, x), saved: { x }, gradient: (g, { x }) => ({ x: tf.mul(g, tf.mul(2, x)) }) }));
 */
export function withGradient<I extends Inputs, S extends Saved>(
  inputs: I,
  compute: () => Differentiable<I, S>,
): tf.Tensor {
  const given = Object.entries(inputs).filter(
    (entry): entry is [string, tf.Tensor] => entry[1] !== undefined,
  );
  const run = tf.customGrad((...args) => {
    const { value, saved, gradient } = compute();
    (args[args.length - 1] as tf.GradSaveFunc)(Object.values(saved).flat());
    return {
      value,
      gradFunc: (g: tf.Tensor, kept: tf.Tensor[]) =>
        tf.tidy(() => {
          const gradients = gradient(g, regroup(kept, saved));
          return given.map(([name]) => gradients[name] as tf.Tensor);
        }),
    };
  });
  return run(...given.map(([, tensor]) => tensor));
}

/** Puts a flat list back into the groups from which `Object.values(groups).flat()` made it. */
function regroup<S extends Saved>(flat: readonly tf.Tensor[], groups: S): S {
  let place = 0;
  const take = (group: tf.Tensor | readonly tf.Tensor[]) =>
    group instanceof tf.Tensor ? flat[place++] : group.map(() => flat[place++]);
  return Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, take(group)])) as S;
}
