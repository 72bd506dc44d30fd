import * as tf from "@tensorflow/tfjs";
import { sizeOf, type Address, type Native, type Stored } from "../native.ts";
import { multiply } from "./product.ts";

/** The cells, with their number in the kernels, their gates and their states. */
const CELLS = {
  lstm: { kind: 0, gates: 4, states: 2 },
  gru: { kind: 1, gates: 3, states: 1 },
  tanh: { kind: 2, gates: 1, states: 1 },
  relu: { kind: 3, gates: 1, states: 1 },
} as const;

export interface RecurrenceOperands {
  readonly cell: keyof typeof CELLS;
  /** The inputs' share of the gates, [time, batch, gates · size]. */
  readonly input: tf.Tensor;
  /** U, [gates · size, size]. */
  readonly weight: tf.Tensor;
  /** [gates · size] */
  readonly bias?: tf.Tensor;
  /** The first states, [batch, size] each: h, and an LSTM's c. */
  readonly initial: readonly tf.Tensor[];
  /** [time, batch, 1] float32: 0 on padding. */
  readonly mask?: tf.Tensor;
  readonly reverse?: boolean;
}

interface StepOperands {
  readonly mask: tf.Tensor | undefined;
  /** The gates after their activations, what the cell keeps besides, and the states before each step. */
  readonly kept: readonly Stored[];
  /** Where the states lie, or their gradients. */
  readonly states: Address;
  /** There: input, output and bias; back: the gradients of the output and of both shares of the gates. */
  readonly own: readonly [Address, Address, Address];
}

/**
 * A recurrent layer over all steps in one call, with U packed once for all of them. The value holds what comes out of each
 * step and then the last states: [time + states, batch, size].
 */
export function recurrence(native: Native, operands: RecurrenceOperands) {
  const { input, weight, bias, initial, mask, reverse = false } = operands;
  const { kind, gates, states } = CELLS[operands.cell];
  const [time, batch] = input.shape as [number, number];
  const size = weight.shape[1] as number;
  const { run } = native;
  const width = gates * size;
  const value = native.output([time + states, batch, size]);
  const perStep = (length: number) => native.output([time, batch, length]);
  const [activated, extra, hBefore] = [perStep(width), perStep(size), perStep(size)];
  const cBefore = states === 2 ? perStep(size) : undefined;
  const stateBytes = batch * size * 4;
  const firstState = (at: number) => at + time * stateBytes;
  const setStates = (at: number, values: readonly tf.Tensor[]) =>
    values.forEach((state, index) =>
      native.copy(native.address(state), at + index * stateBytes, sizeOf(state.shape)),
    );
  /** With U packed for the way there, transposed, or for the way back. */
  const runSteps = (back: boolean, weight: tf.Tensor, { mask, kept, states, own }: StepOperands) => {
    const [n, k] = back ? [size, width] : [width, size];
    native.withBytes(run.packedBytes(n, k), (packed) =>
      native.withBytes(run.recurrenceBytes(kind, batch, size), (work) => {
        run.packWhole(Number(!back), n, k, native.address(weight), size, packed);
        // As assembly/recurrent.ts reads them.
        const operands = [
          ...[kind, time, batch, size, Number(reverse)],
          packed,
          native.maybeAddress(mask),
          ...[0, 1, 2, 3].map((index) => native.maybeAddress(kept[index])),
          ...[states, states + stateBytes],
          work,
          ...own,
        ];
        native.withInts(operands, (at) => run.recurrenceTogether(at, Number(back)));
      }),
    );
  };

  const out = native.address(value);
  const kept = [activated, extra, hBefore, ...(cBefore ? [cBefore] : [])];
  setStates(firstState(out), initial);
  runSteps(false, weight, {
    mask,
    kept,
    states: firstState(out),
    own: [native.address(input), out, native.maybeAddress(bias)],
  });
  return {
    value: native.tensor(value),
    saved: {
      weight,
      kept: kept.map((info) => native.tensor(info)),
      masks: mask ? [mask] : [],
    },
    gradient(
      g: tf.Tensor,
      saved: {
        readonly weight: tf.Tensor;
        readonly kept: readonly tf.Tensor[];
        readonly masks: readonly tf.Tensor[];
      },
    ) {
      const dInput = perStep(width);
      const dHidden = operands.cell === "gru" ? perStep(width) : dInput;
      const dStates = native.output([states, batch, size]);
      const at = native.address(dStates);
      native.copy(firstState(native.address(g)), at, states * batch * size);
      runSteps(true, saved.weight, {
        mask: saved.masks[0],
        kept: saved.kept,
        states: at,
        own: [native.address(g), native.address(dInput), native.address(dHidden)],
      });
      const dWeight = native.output([width, size]);
      multiply(native, {
        transposeA: true,
        m: width,
        n: size,
        k: time * batch,
        a: native.address(dHidden),
        b: native.address(saved.kept[2]),
        c: native.address(dWeight),
      });
      const dBias = bias && native.output([width]);
      if (dBias) run.sumRows(native.address(dHidden), native.address(dBias), time * batch, width);
      if (dHidden !== dInput) native.backend.disposeData(dHidden.dataId);
      return {
        input: native.tensor(dInput),
        weight: native.tensor(dWeight),
        bias: dBias && native.tensor(dBias),
        initial: tf.unstack(native.tensor(dStates)),
      };
    },
  };
}
