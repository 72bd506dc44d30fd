import * as tf from "@tensorflow/tfjs";

type Inputs = Readonly<Record<string, tf.Tensor | undefined>>;
type Saved = Readonly<Record<string, tf.Tensor | readonly tf.Tensor[]>>;

/** A gradient, or a function that computes it only if somebody asks: nobody asks by how much the data should change. */
type Gradient = tf.Tensor | (() => tf.Tensor) | undefined;

export interface Differentiable<I extends Inputs, S extends Saved> {
  readonly value: tf.Tensor;
  /** What the way back needs of the way there. TensorFlow.js keeps it until the gradients are computed. */
  readonly saved: S;
  /** ∂loss/∂input for each input, from g = ∂loss/∂value. */
  gradient(g: tf.Tensor, saved: S): { readonly [K in keyof I]: Gradient };
}

/** The method by which `tf.customGrad` is made, which takes gradients as functions. It is there, but not among the types. */
interface GradientEngine {
  runKernelFunc(call: {
    readonly inputs: Readonly<Record<string, tf.Tensor>>;
    forwardFunc(backend: unknown, save: tf.GradSaveFunc): tf.Tensor;
    backwardsFunc(g: tf.Tensor, saved: tf.Tensor[]): Readonly<Record<string, () => tf.Tensor>>;
  }): tf.Tensor;
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
  // Where nobody asks for gradients, keeping what they would need takes as long as a small computation itself.
  if (tf.engine().state.gradientDepth === 0) return tf.tidy(() => compute().value);
  const given = Object.entries(inputs).filter(
    (entry): entry is [string, tf.Tensor] => entry[1] !== undefined,
  );
  let way: Differentiable<I, S>;
  return (tf.engine() as unknown as GradientEngine).runKernelFunc({
    inputs: Object.fromEntries(given),
    forwardFunc(_, save) {
      way = compute();
      save(Object.values(way.saved).flat());
      return way.value;
    },
    backwardsFunc(g, kept) {
      const gradients = tf.tidy(
        () => way.gradient(g, regroup(kept, way.saved)) as tf.TensorContainer,
      ) as unknown as Readonly<Record<string, Gradient>>;
      return Object.fromEntries(
        given.map(([name]) => {
          const gradient = gradients[name];
          return [name, typeof gradient === "function" ? gradient : () => gradient as tf.Tensor];
        }),
      );
    },
  });
}

/** Puts a flat list back into the groups from which `Object.values(groups).flat()` made it. */
function regroup<S extends Saved>(flat: readonly tf.Tensor[], groups: S): S {
  let place = 0;
  const take = (group: tf.Tensor | readonly tf.Tensor[]) =>
    group instanceof tf.Tensor ? flat[place++] : group.map(() => flat[place++]);
  return Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, take(group)])) as S;
}
