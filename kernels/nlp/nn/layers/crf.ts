import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { chainLoss, nodeMarginals } from "../functional/chain-loss.ts";
import { forwardBackward, type ChainScores } from "../functional/forward-backward.ts";
import { packSteps } from "../functional/packed-steps.ts";
import { viterbi, type TransitionConstraints } from "../functional/viterbi.ts";
import { drawUniform } from "../initializers.ts";
import { checkReduction, reduce, type Reduction } from "../losses/reduction.ts";
import { Module } from "../module.ts";
import { checkSequence, type Numbers } from "../tensors.ts";
import { checkConstraints, checkPaths, nothingCounts, toRows } from "./crf-arguments.ts";

export interface CRFOptions extends RandomOptions {
  /** Sequences that break them have probability 0: in the loss, the marginals and decoding. Default: none. */
  readonly constraints?: TransitionConstraints;
}

export interface CRFMaskOptions {
  /** [batch, time]: 1 on steps that do not count, which are skipped as if they were not there. Default: all count. */
  readonly paddingMask?: Numbers;
}

export interface CRFLossOptions extends CRFMaskOptions {
  /** Steps with this label do not count. Default −100. */
  readonly ignoreIndex?: number;
  /** Default "mean": over the sequences that have a step that counts. */
  readonly reduction?: Reduction;
}

/** What a forbidden step adds to a score: e to this power is 0, and sums with it stay finite. */
const FORBIDDEN = -1e6;

/**
 * A linear-chain conditional random field: a distribution over whole sequences of labels, in which a label's probability
 * depends on the one before,
 *
 *     score(y) = start(y₁) + Σ eₜ(yₜ) + Σ transitions(yₜ₋₁, yₜ) + end(y_T)        P(y) = e^score(y) / Z
 *
 * The emissions e [batch, time, labels] come from another model; the CRF adds what it has learnt of order. `forward` is
 * the loss, `marginals` gives the probabilities, `decode` the best sequence.
 *
 * Names in the state dict, as in the package pytorch-crf: start_transitions, end_transitions [labels], transitions
 * [labels, labels] (from, to), all started uniform in ±0.1. Source: J. Lafferty et al., "Conditional Random Fields", 2001.
 *
 * @ko 레이블 열 전체의 확률을 다루는 선형 사슬 조건부 무작위장(CRF)입니다.
 * @example
 * const crf = new CRF(5, { seed: 1 });
 * const loss = crf.forward(emissions, labels); // −log P(labels), the mean over the batch
 * crf.decode(emissions); // [[0, 1, 2, …], …]
 */
export class CRF extends Module<tf.Tensor, tf.Tensor, [labels: Numbers, options?: CRFLossOptions]> {
  readonly labels: number;
  readonly constraints?: TransitionConstraints;
  readonly transitions: tf.Variable;
  readonly startTransitions: tf.Variable;
  readonly endTransitions: tf.Variable;

  constructor(labels: number, options: CRFOptions = {}) {
    super();
    checkInteger(labels, { where: "CRF", what: "labels", min: 1 });
    const random = toRandom(options);
    this.labels = labels;
    this.constraints = options.constraints;
    if (this.constraints) checkConstraints(this.constraints, { labels, where: "CRF" });
    this.startTransitions = drawUniform([labels], { random, bound: 0.1 });
    this.endTransitions = drawUniform([labels], { random, bound: 0.1 });
    this.transitions = drawUniform([labels, labels], { random, bound: 0.1 });
  }

  override ownParameters(): [string, tf.Variable][] {
    return [
      ["start_transitions", this.startTransitions],
      ["end_transitions", this.endTransitions],
      ["transitions", this.transitions],
    ];
  }

  /** −log P(labels | emissions). `labels` [batch, time]: ids, or −100 where none counts. → [], or [batch] for "none" */
  forward(emissions: tf.Tensor, labels: Numbers, options: CRFLossOptions = {}): tf.Tensor {
    const { ignoreIndex = -100, reduction = "mean" } = options;
    checkReduction(reduction, "CRF");
    return tf.tidy(() => {
      const [batch, time] = this.#check(emissions);
      const truth = toRows(labels, { where: "CRF", what: "labels", batch, time });
      const padding = this.#toPadding(options, { batch, time });
      const steps = packSteps(
        truth.map((row, example) => row.map((id, step) => id !== ignoreIndex && !padding[example][step])),
      );
      if (steps.examples.length === 0) throw nothingCounts(batch);
      const chosen = steps.kept.map((places, index) =>
        places.map((place) => truth[steps.examples[index]][place]),
      );
      checkPaths(chosen, { steps, labels: this.labels, constraints: this.constraints });
      const losses = chainLoss(steps.pack(emissions), { ...this.#scores(), labels: chosen }); // [examples]
      if (reduction !== "none") return reduce(losses, reduction);
      if (steps.examples.length === batch) return losses;
      return tf.unsortedSegmentSum(losses, tf.tensor1d([...steps.examples], "int32"), batch); // [batch]
    });
  }

  /** P(yₜ = j | emissions) for each step and label, [batch, time, labels]; zeros on padding. */
  marginals(emissions: tf.Tensor, options: CRFMaskOptions = {}): tf.Tensor {
    return tf.tidy(() => {
      const [batch, time] = this.#check(emissions);
      const steps = packSteps(
        this.#toPadding(options, { batch, time }).map((row) => row.map((skip) => !skip)),
      );
      if (steps.examples.length === 0) return tf.zerosLike(emissions);
      const lengths = steps.kept.map(({ length }) => length);
      const sums = forwardBackward(steps.pack(emissions), { ...this.#scores(), lengths });
      return steps.unpack(nodeMarginals({ lengths, sums }));
    });
  }

  /**
   * The most probable sequence of each example, by Viterbi's algorithm: a list of label ids as long as the example has
   * steps that count. `constraints` hold for this call instead of the CRF's own.
   */
  decode(
    emissions: tf.Tensor,
    options: CRFMaskOptions & { readonly constraints?: TransitionConstraints } = {},
  ): number[][] {
    const [batch, time] = this.#check(emissions);
    const padding = this.#toPadding(options, { batch, time });
    const { constraints = this.constraints } = options;
    const [transitions, start, end] = [this.transitions, this.startTransitions, this.endTransitions].map(
      (scores) => scores.arraySync(),
    ) as [number[][], number[], number[]];
    return (emissions.arraySync() as number[][][]).map((steps, example) => {
      const counted = steps.filter((_, step) => !padding[example][step]);
      if (counted.length === 0) return [];
      return viterbi(counted, { transitions, start, end, constraints }).labels;
    });
  }

  override describe(): string {
    return `${this.labels} labels${this.constraints ? ", constrained" : ""}`;
  }

  /** The learnt scores, with the forbidden steps made so. */
  #scores(): ChainScores {
    const { constraints } = this;
    const own = { transitions: this.transitions, start: this.startTransitions, end: this.endTransitions };
    if (!constraints) return own;
    const toPenalty = (allowed: boolean) => (allowed ? 0 : FORBIDDEN);
    const { transitions, start, end } = constraints;
    return {
      transitions: tf.add(own.transitions, tf.tensor2d(transitions.map((row) => row.map(toPenalty)))),
      start: start ? tf.add(own.start, tf.tensor1d(start.map(toPenalty))) : own.start,
      end: end ? tf.add(own.end, tf.tensor1d(end.map(toPenalty))) : own.end,
    };
  }

  #check(emissions: tf.Tensor): [batch: number, time: number] {
    checkSequence(emissions, { where: "CRF", what: "emissions", size: this.labels });
    return [emissions.shape[0], emissions.shape[1] as number];
  }

  #toPadding(
    { paddingMask }: CRFMaskOptions,
    { batch, time }: { readonly batch: number; readonly time: number },
  ): boolean[][] {
    if (!paddingMask) return Array.from({ length: batch }, () => Array<boolean>(time).fill(false));
    return toRows(paddingMask, { where: "CRF", what: "paddingMask", batch, time }).map((row) =>
      row.map((flag) => flag !== 0),
    );
  }
}
