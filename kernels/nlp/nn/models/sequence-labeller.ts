import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkOneOf } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { softmax } from "../functional/softmax.ts";
import { viterbi, type TransitionConstraints } from "../functional/viterbi.ts";
import { checkConstraints, toRows } from "../layers/crf-arguments.ts";
import { CRF } from "../layers/crf.ts";
import { Linear } from "../layers/linear.ts";
import { crossEntropy, type CrossEntropyOptions } from "../losses/cross-entropy.ts";
import { Module } from "../module.ts";
import { checkSequence, type Numbers } from "../tensors.ts";
import {
  EncoderModel,
  toEncoderConfig,
  type EncoderConfig,
  type TokenForwardOptions,
} from "./encoder-model.ts";
import { RecurrentEncoder, toRecurrentConfig, type RecurrentEncoderConfig } from "./recurrent-encoder.ts";
import type { TokenInput } from "./token-input.ts";

export interface LabelConfig {
  /** How many labels there are. */
  readonly classes: number;
  /** Score sequences as a whole, with a `CRF`, instead of each token by itself. Default false. */
  readonly crf?: boolean;
  /** Which label may follow which: `predict` holds to it, and a CRF also in its loss. Default: every label after every other. */
  readonly constraints?: TransitionConstraints;
}

/** What reads the tokens: a recurrent layer, by default an LSTM from both ends, or a Transformer's encoder, with the options of either. */
export type SequenceLabellerConfig = LabelConfig &
  (
    | ({ readonly encoder?: "rnn" | "gru" | "lstm" } & Omit<RecurrentEncoderConfig, "cell">)
    | ({ readonly encoder: "transformer" } & EncoderConfig)
  );

export interface LabelMaskOptions {
  /** [batch, time]: 1 on tokens that get a label, such as the first piece of each word. Default: the `attentionMask`. */
  readonly labelMask?: Numbers;
}

export interface PredictLabelsOptions extends LabelMaskOptions {
  /** Hold for this call instead of the model's own. */
  readonly constraints?: TransitionConstraints;
}

/** Stands where no label was asked for, as in targets. */
const NO_LABEL = -100;

/**
 * Gives each token a label: parts of speech, names.
 *
 *     logits = encoder(inputIds) · Wᵀ + b        [batch, time] → [batch, time, classes]
 *
 * `loss` compares them with targets, [batch, time], −100 where none counts; with `crf` it is that of the whole sequence.
 * `predict` gives the ids of the best labels: of the best sequence, where a CRF or constraints tie neighbours together.
 *
 * Names in the state dict: encoder.…, classifier.weight, classifier.bias, crf.transitions, …. Source: Z. Huang et al.,
 * "Bidirectional LSTM-CRF Models for Sequence Tagging", 2015.
 *
 * @ko 토큰마다 품사나 개체명 같은 레이블을 붙이는 모델입니다.
 * @example
 * const model = new SequenceLabeller({ vocabSize: 2000, classes: 9, crf: true, seed: 1 });
 * const loss = model.loss(model.forward({ inputIds, attentionMask }), labels);
 * model.predict({ inputIds, attentionMask }); // [[0, 3, 4, −100], …]
 */
export class SequenceLabeller extends Module<TokenInput, tf.Tensor, [options?: TokenForwardOptions]> {
  readonly config: SequenceLabellerConfig & { readonly modelType: "sequence-labeller" };
  readonly encoder: EncoderModel | RecurrentEncoder;
  readonly classifier: Linear;
  readonly crf?: CRF;

  constructor(options: SequenceLabellerConfig & RandomOptions) {
    super();
    const where = "SequenceLabeller";
    const { classes, crf = false, constraints, encoder = "lstm" } = options;
    checkInteger(classes, { where, what: "classes", min: 2 });
    checkOneOf(encoder, { where, what: "encoder", allowed: ["rnn", "gru", "lstm", "transformer"] });
    if (constraints) checkConstraints(constraints, { labels: classes, where });
    const random = toRandom(options);
    const labels = { classes, crf, ...(constraints && { constraints }) };
    let size: number;
    if (options.encoder === "transformer") {
      const config = toEncoderConfig(options);
      this.config = { modelType: "sequence-labeller", encoder: "transformer", ...config, ...labels };
      this.encoder = new EncoderModel({ ...config, random });
      size = config.hiddenSize;
    } else {
      const { encoder: cell = "lstm" } = options;
      const { cell: _, ...config } = toRecurrentConfig(options);
      this.config = { modelType: "sequence-labeller", encoder: cell, ...config, ...labels };
      this.encoder = new RecurrentEncoder({ ...config, cell, random });
      size = this.encoder.outputSize;
    }
    this.classifier = new Linear(size, classes, { random });
    if (crf) this.crf = new CRF(classes, { constraints, random });
  }

  forward(input: TokenInput, options: TokenForwardOptions = {}): tf.Tensor {
    return tf.tidy(() => {
      const encoded = this.encoder.forward(input, options);
      const hidden = encoded instanceof tf.Tensor ? encoded : encoded.output; // [batch, time, size]
      return this.classifier.forward(hidden); // [batch, time, classes]
    });
  }

  /**
   * How far the logits, [batch, time, classes], are from the right labels, [batch, time]: their cross entropy, or with a
   * CRF −log of the whole sequence's probability, which knows no class weights. → []
   */
  loss(
    logits: tf.Tensor,
    labels: Numbers,
    options: Pick<CrossEntropyOptions, "weight" | "labelSmoothing"> = {},
  ): tf.Tensor {
    return this.crf ? this.crf.forward(logits, labels) : crossEntropy(logits, labels, options);
  }

  /** The label ids of each text, one for each position: −100 where the mask asks for none. */
  predict(input: TokenInput, options: PredictLabelsOptions = {}): number[][] {
    return this.inEvaluation(() =>
      tf.tidy(() =>
        this.decode(this.forward(input), { ...options, labelMask: options.labelMask ?? input.attentionMask }),
      ),
    );
  }

  /** The same from logits, [batch, time, classes]. */
  decode(logits: tf.Tensor, options: PredictLabelsOptions = {}): number[][] {
    const mask = toLabelMask(logits, options);
    const { constraints = this.config.constraints } = options;
    checkSequence(logits, { where: "SequenceLabeller", what: "logits", size: this.config.classes });
    const paths = this.crf
      ? this.crf.decode(logits, { paddingMask: mask.map((row) => row.map((flag) => 1 - flag)), constraints })
      : (logits.arraySync() as number[][][]).map((steps, example) => {
          const counted = steps.filter((_, step) => mask[example][step] === 1);
          return counted.length === 0 ? [] : viterbi(counted, { constraints }).labels;
        });
    return mask.map((row, example) => {
      let place = 0;
      return row.map((flag) => (flag === 1 ? paths[example][place++] : NO_LABEL));
    });
  }

  /** How sure the model is of each label of each token, [batch, time, classes]: softmax, or the CRF's marginals. */
  probabilities(input: TokenInput, options: LabelMaskOptions = {}): tf.Tensor {
    return this.inEvaluation(() =>
      tf.tidy(() => {
        const logits = this.forward(input);
        if (!this.crf) return softmax(logits);
        const mask = toLabelMask(logits, { labelMask: options.labelMask ?? input.attentionMask });
        return this.crf.marginals(logits, { paddingMask: mask.map((row) => row.map((flag) => 1 - flag)) });
      }),
    );
  }
}

/** 1 where a label is asked for, as lists. */
function toLabelMask(logits: tf.Tensor, { labelMask }: LabelMaskOptions): number[][] {
  const [batch, time] = logits.shape as [number, number];
  if (!labelMask) return Array.from({ length: batch }, () => Array<number>(time).fill(1));
  return toRows(labelMask, { where: "SequenceLabeller", what: "labelMask", batch, time }).map((row) =>
    row.map((flag) => Number(flag !== 0)),
  );
}
