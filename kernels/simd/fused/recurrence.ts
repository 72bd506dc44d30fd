import * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";
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
  const steps = [time, batch, size, Number(reverse)] as const;
  const setStates = (at: number, values: readonly tf.Tensor[]) =>
    values.forEach((state, index) =>
      native.copy(native.address(state), at + index * stateBytes, sizeOf(state.shape)),
    );
  const withWork = (work: (packed: number, room: number) => void) =>
    native.withBytes(Math.max(run.packedBytes(width, size), run.packedBytes(size, width)), (packed) =>
      native.withBytes(run.recurrenceBytes(kind, batch, size), (room) => work(packed, room)),
    );

  const out = native.address(value);
  setStates(firstState(out), initial);
  withWork((packed, work) => {
    run.packWhole(1, width, size, native.address(weight), size, packed);
    run.recurrence(
      kind,
      native.address(input),
      packed,
      native.maybeAddress(bias),
      native.maybeAddress(mask),
      firstState(out),
      firstState(out) + stateBytes,
      out,
      native.address(activated),
      native.address(extra),
      native.address(hBefore),
      native.maybeAddress(cBefore),
      work,
      ...steps,
    );
  });
  return {
    value: native.tensor(value),
    saved: {
      weight,
      kept: [activated, extra, hBefore, ...(cBefore ? [cBefore] : [])].map((info) => native.tensor(info)),
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
      const [activated, extra, hBefore, cBefore] = saved.kept;
      const dInput = perStep(width);
      const dHidden = operands.cell === "gru" ? perStep(width) : dInput;
      const dStates = native.output([states, batch, size]);
      const at = native.address(dStates);
      native.copy(firstState(native.address(g)), at, states * batch * size);
      withWork((packed, work) => {
        run.packWhole(0, size, width, native.address(saved.weight), size, packed);
        run.recurrenceGradient(
          kind,
          native.address(g),
          packed,
          native.maybeAddress(saved.masks[0]),
          native.address(activated),
          native.address(extra),
          native.address(hBefore),
          native.maybeAddress(cBefore),
          at,
          at + stateBytes,
          native.address(dInput),
          native.address(dHidden),
          work,
          ...steps,
        );
      });
      const dWeight = native.output([width, size]);
      multiply(native, {
        transposeA: true,
        m: width,
        n: size,
        k: time * batch,
        a: native.address(dHidden),
        b: native.address(hBefore),
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
