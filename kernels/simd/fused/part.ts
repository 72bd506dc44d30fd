/**
 * A part of a Transformer's layer as one operation: what stands before it, the way around it, and what is dropped.
 *
 *     y = x + drop(part(norm(x)))      (`normFirst`)      or      y = norm(x + drop(part(x)))
 *
 * In TensorFlow.js's operations a layer is fifty of them, and a training step of a small model spends as long on making and
 * recording them as on some of its products.
 */
import type * as tf from "@tensorflow/tfjs";
import { roundUp, sizeOf, type Address, type Native } from "../native.ts";
import { toDropped, type Dropped } from "./dropout.ts";
import type { NormWeights } from "./weights.ts";

export interface PartOperands {
  /** [..., size] */
  readonly x: tf.Tensor;
  readonly norm: NormWeights;
  readonly normFirst: boolean;
  /** What is dropped of the part's result. */
  readonly dropped?: Dropped;
}

type Tensors = Readonly<Record<string, tf.Tensor | undefined>>;

/** What a part computes, on addresses of [n, size]. */
export interface Inside<T extends Tensors> {
  /** Its weights, and what else it has a gradient for. */
  readonly tensors: T;
  /** The names of those whose numbers the way back reads; of the others it is enough to know whether they are there. */
  readonly readBack: readonly (keyof T & string)[];
  /** Room for what it keeps for the way back. */
  readonly bytes: number;
  forward(places: {
    readonly input: Address;
    readonly output: Address;
    readonly kept: Address;
    readonly tensors: T;
  }): void;
  /** Writes ∂loss/∂input, or adds to it; it may stand where ∂loss/∂output does. Gives the tensors' gradients. */
  backward(places: {
    readonly dOutput: Address;
    readonly input: Address;
    readonly kept: Address;
    readonly tensors: T;
    readonly dInput: Address;
    readonly accumulate: boolean;
  }): { readonly [K in keyof T]: tf.TensorInfo | undefined };
}

/** The part with its gradient, as `withGradient` takes it: by x, `normWeight`, `normBias` and the part's own tensors. */
export function around<T extends Tensors>(
  native: Native,
  { x, norm, normFirst, dropped }: PartOperands,
  inside: Inside<T>,
) {
  const { run } = native;
  const [size] = norm.weight.shape as [number];
  const length = sizeOf(x.shape);
  const n = length / size;
  const bytes = roundUp(length * 4);
  const [seed, threshold, scale] = toDropped(dropped);

  /** What is kept for the way back, in one tensor: the norm, or what it is the norm of; its statistics; the part's own. */
  const kept = native.output([(bytes + roundUp(n * 8) + inside.bytes) / 4]);
  const placesIn = (info: tf.TensorInfo) => {
    const normal = native.address(info);
    return { normal, statistics: normal + bytes, kept: normal + bytes + roundUp(n * 8) };
  };

  const y = native.output(x.shape);
  const { tensors } = inside;
  const { normal, statistics, ...own } = placesIn(kept);
  const [xAt, yAt] = [native.address(x), native.address(y)];
  const normalize = (from: Address, to: Address) => {
    const [weight, bias] = [native.address(norm.weight), native.address(norm.bias)];
    run.layerNorm(from, weight, bias, to, statistics, n, size, norm.eps);
  };
  if (normFirst) normalize(xAt, normal);
  const [input, output] = normFirst ? [normal, yAt] : [xAt, normal];
  inside.forward({ ...own, input, output, tensors });
  if (dropped) run.dropout(output, output, length, 0, seed, threshold, scale);
  run.addInto(output, xAt, length);
  if (!normFirst) normalize(normal, yAt);

  const readBack = inside.readBack.filter((name) => tensors[name] !== undefined);
  return {
    value: native.tensor(y),
    saved: {
      ...{ x, kept: native.tensor(kept), normWeight: norm.weight },
      ...Object.fromEntries(readBack.map((name) => [name, tensors[name] as tf.Tensor])),
    },
    gradient(g: tf.Tensor, saved: Readonly<Record<string, tf.Tensor>>) {
      const { normal, statistics, ...own } = placesIn(saved.kept);
      const dx = native.output(x.shape);
      const [dWeight, dBias] = [native.zeros([size]), native.zeros([size])];
      const [xAt, gAt, dxAt] = [saved.x, g, dx].map((tensor) => native.address(tensor));
      const normalizeBack = (d: Address, from: Address) => {
        const [weight, dw, db] = [saved.normWeight, dWeight, dBias].map((tensor) => native.address(tensor));
        run.layerNormGradient(d, from, weight, statistics, dxAt, dw, db, n, size);
      };
      const tensors = { ...inside.tensors, ...saved };
      const gradients = native.withBytes(2 * bytes, (room) => {
        const drop = (d: Address) => {
          if (!dropped) return d;
          run.dropout(d, room, length, 0, seed, threshold, scale);
          return room;
        };
        if (normFirst) {
          const dInput = room + bytes;
          const places = { ...own, dOutput: drop(gAt), input: normal, dInput, accumulate: false };
          const gradients = inside.backward({ ...places, tensors });
          normalizeBack(dInput, xAt);
          run.addInto(dxAt, gAt, length);
          return gradients;
        }
        normalizeBack(gAt, normal);
        const places = { ...own, dOutput: drop(dxAt), input: xAt, dInput: dxAt, accumulate: true };
        return inside.backward({ ...places, tensors });
      });
      const infos = { ...gradients, x: dx, normWeight: dWeight, normBias: dBias };
      return Object.fromEntries(
        Object.entries(infos).map(([name, info]) => [name, info && native.tensor(info)]),
      ) as Record<"x" | "normWeight" | "normBias" | keyof T, tf.Tensor | undefined>;
    },
  };
}
