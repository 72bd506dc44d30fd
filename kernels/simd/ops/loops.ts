/** Walks through tensors side by side. */

/** Loops in loops, the outermost first: how often each runs, and how far it goes on in each tensor, in elements. */
export interface Loops {
  readonly sizes: readonly number[];
  /** By tensor. */
  readonly steps: readonly (readonly number[])[];
}

/**
 * The loops that go through all of `shape`, given the strides of each tensor. Neighbouring dimensions share a loop where
 * walking through both is walking straight on in every tensor; those of size 1 need none.
 */
export function loopsThrough(shape: readonly number[], strides: readonly (readonly number[])[]): Loops {
  const sizes: number[] = [];
  const steps: number[][] = strides.map(() => []);
  shape.forEach((size, dimension) => {
    if (size === 1) return;
    const last = sizes.length - 1;
    const goesOn = strides.every((stride, tensor) => steps[tensor][last] === stride[dimension] * size);
    if (last >= 0 && goesOn) {
      sizes[last] *= size;
      strides.forEach((stride, tensor) => (steps[tensor][last] = stride[dimension]));
    } else {
      sizes.push(size);
      strides.forEach((stride, tensor) => steps[tensor].push(stride[dimension]));
    }
  });
  return { sizes, steps };
}
