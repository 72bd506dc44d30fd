import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { unstack } from "../functional/cut.ts";
import { linear } from "../functional/linear.ts";
import type { RecurrentCell } from "../functional/recurrent/cell.ts";
import { recurrence } from "../functional/recurrent/recurrence.ts";
import { drawUniform } from "../initializers.ts";
import { Module, type AnyModule } from "../module.ts";
import { checkSequence, describeShape } from "../tensors.ts";
import { Dropout } from "./dropout.ts";

export interface RecurrentOptions extends RandomOptions {
  /** Layers one on the other, each fed with the outputs of the one below. Default 1. */
  readonly numLayers?: number;
  /** Default true. */
  readonly bias?: boolean;
  /** How likely a number is dropped between two layers while training. Default 0. */
  readonly dropout?: number;
  /** A second set of weights reads from the end to the beginning; the outputs of both stand side by side. Default false. */
  readonly bidirectional?: boolean;
}

export interface RecurrentForwardOptions {
  /**
   * How many steps of each example are no padding, [batch]: as with PyTorch's packed sequences, padding changes no state
   * and its outputs are zeros, also for the direction that begins at the end. Default: all.
   */
  readonly lengths?: readonly number[];
  /** In place of `lengths`, [batch, time]: 1 on padding. */
  readonly paddingMask?: tf.Tensor;
}

/** What all recurrent layers share: their parameters, layers and directions. */
export abstract class RecurrentLayer<Output, Rest extends unknown[]> extends Module<tf.Tensor, Output, Rest> {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly numLayers: number;
  readonly bidirectional: boolean;
  readonly dropout: Dropout;
  readonly weights: Readonly<Record<string, tf.Variable>>;
  readonly #cell: RecurrentCell;

  constructor(cell: RecurrentCell, sizes: { inputSize: number; hiddenSize: number } & RecurrentOptions) {
    super();
    const where = this.constructor.name;
    const { inputSize, hiddenSize, numLayers = 1, bias = true, dropout = 0, bidirectional = false } = sizes;
    checkInteger(inputSize, { where, what: "inputSize", min: 1 });
    checkInteger(hiddenSize, { where, what: "hiddenSize", min: 1 });
    checkInteger(numLayers, { where, what: "numLayers", min: 1 });
    const random = toRandom(sizes);
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.numLayers = numLayers;
    this.bidirectional = bidirectional;
    this.dropout = new Dropout(dropout, { random });
    this.#cell = cell;
    const rows = cell.gates * hiddenSize;
    const draw = (...shape: number[]) => drawUniform(shape, { random, bound: 1 / Math.sqrt(hiddenSize) });
    this.weights = Object.fromEntries(
      this.#runs().flatMap(({ layer, suffix }): [string, tf.Variable][] => [
        [`weight_ih_${suffix}`, draw(rows, layer === 0 ? inputSize : hiddenSize * this.directions)],
        [`weight_hh_${suffix}`, draw(rows, hiddenSize)],
        ...(bias
          ? ([
              [`bias_ih_${suffix}`, draw(rows)],
              [`bias_hh_${suffix}`, draw(rows)],
            ] as [string, tf.Variable][])
          : []),
      ]),
    );
  }

  get directions(): number {
    return this.bidirectional ? 2 : 1;
  }

  override ownParameters(): [string, tf.Variable][] {
    return Object.entries(this.weights);
  }

  override namedChildren(): [string, AnyModule][] {
    return this.numLayers > 1 ? [["dropout", this.dropout]] : [];
  }

  override describe(): string {
    const layers = this.numLayers > 1 ? `, ${this.numLayers} layers` : "";
    return `${this.inputSize} → ${this.hiddenSize * this.directions}${layers}${this.bidirectional ? ", both directions" : ""}`;
  }

  /**
   * @param initial the states before the first step, [layers · directions, batch, hidden] each; none: zeros
   * @returns output [batch, time, directions · hidden] and the last states in the form of `initial`
   */
  protected run(
    input: tf.Tensor,
    { lengths, paddingMask, initial }: RecurrentForwardOptions & { readonly initial?: readonly tf.Tensor[] },
  ): { output: tf.Tensor; states: tf.Tensor[] } {
    const where = this.constructor.name;
    checkSequence(input, { where, what: "input", size: this.inputSize });
    const [batch, time] = input.shape;
    const shape = [this.numLayers * this.directions, batch, this.hiddenSize];
    for (const state of initial ?? []) checkState(state, { where, shape });
    const mask = toMask({ lengths, paddingMask }, { where, batch, time });
    const starts = initial?.map(unstack);
    const zeros = tf.zeros([batch, this.hiddenSize]);
    const finals: tf.Tensor[][] = [];
    let below = tf.transpose(input, [1, 0, 2]); // [time, batch, size]
    for (let layer = 0; layer < this.numLayers; layer++) {
      if (layer > 0) below = this.dropout.forward(below);
      const outputs = this.#runs()
        .filter((run) => run.layer === layer)
        .map(({ place, suffix, reverse }) => {
          const from = Array.from(
            { length: this.#cell.states },
            (_, index) => starts?.[index][place] ?? zeros,
          );
          const { output, states } = this.#runOne(below, { suffix, reverse, mask, initial: from });
          finals.push(states);
          return output;
        });
      below = outputs.length === 1 ? outputs[0] : tf.concat(outputs, -1); // [time, batch, directions · hidden]
    }
    return {
      output: tf.transpose(below, [1, 0, 2]), // [batch, time, directions · hidden]
      states: finals[0].map((_, index) => tf.stack(finals.map((states) => states[index]))),
    };
  }

  /** One direction of one layer. */
  #runOne(
    input: tf.Tensor,
    {
      suffix,
      ...way
    }: { suffix: string; reverse: boolean; mask: tf.Tensor | undefined; initial: readonly tf.Tensor[] },
  ) {
    const [weightIh, weightHh, biasIh, biasHh] = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"].map(
      (name): tf.Variable | undefined => this.weights[`${name}_${suffix}`],
    ) as [tf.Variable, tf.Variable, tf.Variable | undefined, tf.Variable | undefined];
    const projected = linear(input, { weight: weightIh, bias: biasIh }); // [time, batch, gates · hidden]
    return recurrence(projected, { cell: this.#cell, weight: weightHh, bias: biasHh, ...way });
  }

  /** Layers and directions in PyTorch's order, with the names' endings: l0, l0_reverse, l1, … */
  #runs(): { layer: number; reverse: boolean; place: number; suffix: string }[] {
    return Array.from({ length: this.numLayers * this.directions }, (_, place) => {
      const [layer, reverse] = [Math.floor(place / this.directions), place % this.directions === 1];
      return { layer, reverse, place, suffix: `l${layer}${reverse ? "_reverse" : ""}` };
    });
  }
}

/** [time, batch, 1], 0 on padding. */
function toMask(
  { lengths, paddingMask }: RecurrentForwardOptions,
  { where, batch, time }: { readonly where: string; readonly batch: number; readonly time: number },
): tf.Tensor | undefined {
  if (paddingMask) {
    checkState(paddingMask, { where, shape: [batch, time], what: "paddingMask" });
    return tf.expandDims(tf.transpose(tf.sub(1, tf.cast(paddingMask, "float32"))), -1);
  }
  if (!lengths) return undefined;
  if (
    lengths.length !== batch ||
    !lengths.every((length) => Number.isInteger(length) && length >= 0 && length <= time)
  )
    throw wrongLengths(lengths, { where, batch, time });
  if (lengths.every((length) => length === time)) return undefined;
  const present = Float32Array.from({ length: time * batch }, (_, place) =>
    Math.floor(place / batch) < lengths[place % batch] ? 1 : 0,
  );
  return tf.tensor3d(present, [time, batch, 1]);
}

function checkState(
  tensor: tf.Tensor,
  {
    where,
    shape,
    what = "initial",
  }: { readonly where: string; readonly shape: readonly number[]; readonly what?: string },
): void {
  const [given, expected] = [describeShape(tensor.shape), describeShape(shape)];
  if (given === expected) return;
  throw new LearnerError({
    code: "shape-mismatch",
    where,
    given: { en: `\`${what}\` has the shape ${given}.`, ko: `\`${what}\`의 모양이 ${given}입니다.` },
    expected: { en: `It must be ${expected}.`, ko: `${expected}이어야 합니다.` },
    remedy:
      what === "initial"
        ? {
            en: "A first state has the form of the last states that the layer returns: [layers · directions, batch, hiddenSize].",
            ko: "처음 상태는 층이 돌려주는 마지막 상태와 같은 꼴, [층 수 · 방향 수, batch, hiddenSize]입니다.",
          }
        : {
            en: "It has a number for each step of each example, 1 on padding.",
            ko: "예시마다 시점마다 수가 하나씩 있고 패딩에서 1입니다.",
          },
  });
}

function wrongLengths(
  lengths: readonly number[],
  { where, batch, time }: { readonly where: string; readonly batch: number; readonly time: number },
): LearnerError {
  return new LearnerError({
    code: "length-mismatch",
    where,
    given: {
      en: `\`lengths\` is ${describeShape(lengths)}.`,
      ko: `\`lengths\`가 ${describeShape(lengths)}입니다.`,
    },
    expected: {
      en: `With an input of ${batch} examples and ${time} steps it is ${batch} whole numbers from 0 to ${time}.`,
      ko: `입력이 예시 ${batch}개, 시점 ${time}개이므로 0부터 ${time}까지의 정수 ${batch}개여야 합니다.`,
    },
    remedy: {
      en: "Give the number of tokens of each example, padding not counted.",
      ko: "예시마다 패딩을 뺀 토큰 수를 주십시오.",
    },
  });
}
