import * as tf from "@tensorflow/tfjs";
import { unstack } from "../cut.ts";
import { recurrence as nativeRecurrence, type Native } from "../../../../simd/index.ts";
import { sumRows, transposeLast } from "../mat-mul.ts";
import { nativeFor } from "../native.ts";
import { withGradient } from "../with-gradient.ts";
import type { RecurrentCell } from "./cell.ts";

export interface RecurrenceOptions {
  readonly cell: RecurrentCell;
  /** U, what the last hidden state is multiplied with: [gates · hidden, hidden]. */
  readonly weight: tf.Tensor;
  /** b, added to that product: [gates · hidden]. Default: nothing. */
  readonly bias?: tf.Tensor;
  /** The states before the first step, [batch, hidden] each. */
  readonly initial: readonly tf.Tensor[];
  /** [time, batch, 1]: 0 on padding, which changes no state and gives zeros, else 1. Default: no padding. */
  readonly mask?: tf.Tensor;
  /** From the last step to the first. Default false. */
  readonly reverse?: boolean;
}

export interface RecurrenceResult {
  /** The hidden state after each step, in the order of the input: [time, batch, hidden]. */
  readonly output: tf.Tensor;
  /** The states after the last step that was no padding, [batch, hidden] each. */
  readonly states: tf.Tensor[];
}

/**
 * Runs a cell over a batch of sequences, each step from the states of the one before:
 *
 *     statesₜ = cell(inputₜ, U · hₜ₋₁ + b, statesₜ₋₁)
 *
 * `input` [time, batch, gates · hidden] are the products of all inputs with their weights. They wait for no step, so
 * they are made beforehand, all at once.
 *
 * The gradient is written out: the steps are walked back, each handing its states' gradient to the one before, and the
 * gradient of U is once more a single product over all steps. Source: P. Werbos, "Backpropagation Through Time", 1990.
 */
export function recurrence(input: tf.Tensor, options: RecurrenceOptions): RecurrenceResult {
  const { cell, weight, bias, initial, mask } = options;
  const [time] = input.shape;
  return tf.tidy(() => {
    const inputs: Inputs = { input, weight, bias, ...named(initial) };
    const native = nativeFor(...Object.values(inputs), mask);
    const everything = native
      ? withGradient(inputs, () => runNatively(native, { input, ...options }))
      : runPlainly(inputs, { input, ...options });
    const [output, states] = tf.split(everything, [time, cell.states]);
    return { output, states: unstack(states) };
  });
}

type Inputs = Readonly<Record<string, tf.Tensor | undefined>>;
type Setting = RecurrenceOptions & { readonly input: tf.Tensor };

function runNatively(native: Native, { cell, ...setting }: Setting) {
  const { gradient, ...way } = nativeRecurrence(native, { ...setting, cell: cell.name });
  return {
    ...way,
    gradient(g: tf.Tensor, saved: typeof way.saved): Inputs {
      const { initial, ...others } = gradient(g, saved);
      return { ...others, ...named(initial) };
    },
  };
}

/** The outputs of all steps and then the last states, [time + states, batch, hidden], step by step. */
function runPlainly(inputs: Inputs, { input, ...options }: Setting): tf.Tensor {
  const { cell, weight, mask } = options;
  const [time, batch] = input.shape;
  const hidden = weight.shape[1] as number;
  return withGradient(inputs, () => {
    const { outputs, before, after, notes } = goForwards(input, options);
    return {
      value: tf.stack([...outputs, ...after]), // [time + states, batch, hidden]
      saved: { weight, before: before.flat(), notes: notes.flat(), masks: mask ? [mask] : [] },
      gradient(g, saved) {
        const [gradOutputs, gradAfter] = tf.split(g, [time, cell.states]);
        const back = goBackwards(tf.unstack(gradOutputs), {
          ...options,
          weight: saved.weight,
          mask: saved.masks[0],
          gradAfter: tf.unstack(gradAfter),
          before: inGroups(saved.before, cell.states),
          notes: inGroups(saved.notes, saved.notes.length / time),
        });
        const gradHidden = tf.reshape(tf.stack(back.fromHidden), [time * batch, cell.gates * hidden]);
        const lastHidden = saved.before.filter((_, index) => index % cell.states === 0);
        return {
          input: tf.stack(back.fromInput), // [time, batch, gates · hidden]
          weight: tf.matMul(transposeLast(gradHidden), tf.reshape(tf.stack(lastHidden), [-1, hidden])),
          bias: sumRows(gradHidden),
          ...named(back.before),
        };
      },
    };
  });
}

/** `before` and `notes` hold, by time step, the states before it and what the cell saved in it. */
function goForwards(input: tf.Tensor, { cell, weight, bias, initial, mask, reverse }: RecurrenceOptions) {
  const [steps, masks] = [tf.unstack(input), mask && tf.unstack(mask)];
  const transposed = transposeLast(weight) as tf.Tensor2D; // [hidden, gates · hidden]
  const outputs: tf.Tensor[] = [];
  const before: (readonly tf.Tensor[])[] = [];
  const notes: (readonly tf.Tensor[])[] = [];
  let states: readonly tf.Tensor[] = initial;
  for (const t of inOrder(steps.length, reverse)) {
    const present = masks?.[t]; // [batch, 1]
    const { output, next, saved } = tf.tidy(() => {
      const product = tf.matMul(states[0] as tf.Tensor2D, transposed);
      const step = cell.step(steps[t], bias ? tf.add(product, bias) : product, states);
      if (!present) return { output: tf.clone(step.states[0]), next: step.states, saved: step.saved };
      const next = step.states.map((state, index) =>
        tf.add(states[index], tf.mul(present, tf.sub(state, states[index]))),
      );
      return { output: tf.mul(present, step.states[0]), next, saved: step.saved };
    });
    [outputs[t], before[t], notes[t]] = [output, states, saved];
    states = next;
  }
  return { outputs, before, notes, after: states };
}

type BackwardsOptions = RecurrenceOptions & {
  readonly gradAfter: readonly tf.Tensor[];
  readonly before: readonly (readonly tf.Tensor[])[];
  readonly notes: readonly (readonly tf.Tensor[])[];
};

function goBackwards(
  gradOutputs: readonly tf.Tensor[],
  { cell, weight, mask, reverse, gradAfter, before, notes }: BackwardsOptions,
) {
  const masks = mask && tf.unstack(mask);
  const fromInput: tf.Tensor[] = [];
  const fromHidden: tf.Tensor[] = [];
  let gradStates: readonly tf.Tensor[] = gradAfter;
  for (const t of inOrder(gradOutputs.length, !reverse)) {
    const present = masks?.[t]; // [batch, 1]
    const back = tf.tidy(() => {
      const [gradHidden, ...others] = gradStates;
      const arriving = [tf.add(gradHidden, gradOutputs[t]), ...others];
      const inside = present ? arriving.map((gradient) => tf.mul(present, gradient)) : arriving;
      const step = cell.stepBack(inside, notes[t], before[t]);
      const products = tf.matMul(step.fromHidden as tf.Tensor2D, weight as tf.Tensor2D); // [batch, hidden]
      const last = step.states.map((state, index) => {
        const direct = index === 0 ? (state ? tf.add(state, products) : products) : (state as tf.Tensor);
        if (!present) return direct;
        const past = tf.sub(gradStates[index], tf.mul(present, gradStates[index])); // around a step of padding
        return tf.add(past, direct);
      });
      return { fromInput: step.fromInput, fromHidden: step.fromHidden, last };
    });
    [fromInput[t], fromHidden[t], gradStates] = [back.fromInput, back.fromHidden, back.last];
  }
  return { fromInput, fromHidden, before: gradStates };
}

/** The states before the first step as inputs of their own. */
function named(states: readonly tf.Tensor[]): Record<string, tf.Tensor> {
  return Object.fromEntries(states.map((state, index) => [`initial${index}`, state]));
}

function inOrder(length: number, reverse = false): number[] {
  return Array.from({ length }, (_, step) => (reverse ? length - 1 - step : step));
}

function inGroups<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: list.length / size }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
