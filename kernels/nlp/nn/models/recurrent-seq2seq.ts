import * as tf from "@tensorflow/tfjs";
import { checkOneOf } from "../../arguments.ts";
import type { GenerationConfig } from "../../decode/options.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { AdditiveAttention, DotProductAttention } from "../layers/alignment-attention.ts";
import { Dropout } from "../layers/dropout.ts";
import { Embedding } from "../layers/embedding.ts";
import { GRU } from "../layers/gru.ts";
import { Linear } from "../layers/linear.ts";
import { LSTM, type LSTMOutput } from "../layers/lstm.ts";
import { RNN, type HiddenOutput } from "../layers/rnn.ts";
import { Module } from "../module.ts";
import { RecurrentEncoder, toRecurrentConfig, type RecurrentEncoderConfig } from "./recurrent-encoder.ts";
import { toPaddingMask, type Seq2SeqInput, type TokenInput } from "./token-input.ts";
import { checkSeq2SeqTokens, type Seq2SeqTokens } from "./transformer-seq2seq.ts";

export interface RecurrentSeq2SeqConfig extends RecurrentEncoderConfig, Seq2SeqTokens {
  /**
   * How the decoder looks back at the source. "none": not at all; all that it knows of it is the encoder's last state.
   * "dot" (Luong) or "additive" (Bahdanau): at each step a mean of the encoder's outputs, weighted by likeness. Default "none".
   */
  readonly attention?: "none" | "dot" | "additive";
}

export interface RecurrentSeq2SeqForwardOptions {
  /** To look at the attention: its weights are added, [batch, 1, target, source]. The caller disposes of them. */
  readonly crossAttentions?: tf.Tensor[];
}

/** What the decoder goes on from: of each layer the hidden state, and of an LSTM the cell state, [layers, batch, hiddenSize] each. */
export type DecoderStates = readonly tf.Tensor[];

/**
 * Turns one sequence into another with two recurrent networks: the encoder reads the source and hands its last state to
 * the decoder, which writes from left to right.
 *
 *     memory, states = encoder(inputIds)        h = decoder(decoderInputIds, states)
 *     logits = W · h + b        or, with attention,        W · tanh(U · [h; attention(h, memory)]) + b
 *
 * inputIds [batch, source time], decoderInputIds [batch, target time] → [batch, target time, targetVocabSize]
 *
 * Where the encoder reads from both ends, a linear layer brings its two last states to the decoder's size. Names in the state
 * dict: encoder.…, embedding.weight, decoder.weight_ih_l0, …, bridges.0.…, attention.…, combine.…, output.…. Sources: I.
 * Sutskever et al., "Sequence to Sequence Learning with Neural Networks", 2014; D. Bahdanau et al., 2014; M.-T. Luong et
 * al., 2015.
 *
 * @ko 순환 신경망 두 개로 된 인코더-디코더입니다. 어텐션을 켜거나 끌 수 있습니다.
 * @example
 * const model = new RecurrentSeq2Seq({ vocabSize: 400, cell: "gru", attention: "dot", bosTokenId: 2, eosTokenId: 3 });
 */
export class RecurrentSeq2Seq extends Module<
  Seq2SeqInput,
  tf.Tensor,
  [options?: RecurrentSeq2SeqForwardOptions]
> {
  readonly config: Required<RecurrentSeq2SeqConfig> & { readonly modelType: "recurrent-seq2seq" };
  readonly encoder: RecurrentEncoder;
  readonly embedding: Embedding;
  readonly dropout: Dropout;
  readonly decoder: RNN | GRU | LSTM;
  /** One for each state that is handed on; empty where the encoder reads from one end. */
  readonly bridges: readonly Linear[];
  readonly attention?: AdditiveAttention | DotProductAttention;
  readonly combine?: Linear;
  readonly output: Linear;

  constructor(options: RecurrentSeq2SeqConfig & RandomOptions) {
    super();
    const where = "RecurrentSeq2Seq";
    const config = toRecurrentConfig(options);
    const { attention = "none", targetVocabSize = config.vocabSize, bosTokenId, eosTokenId } = options;
    checkOneOf(attention, { where, what: "attention", allowed: ["none", "dot", "additive"] });
    checkSeq2SeqTokens({ targetVocabSize, bosTokenId, eosTokenId }, where);
    const random = toRandom(options);
    const { cell, embeddingSize, hiddenSize, numLayers, bidirectional, padTokenId, dropout } = config;
    this.config = {
      modelType: "recurrent-seq2seq",
      ...config,
      attention,
      targetVocabSize,
      bosTokenId,
      eosTokenId,
    };
    this.encoder = new RecurrentEncoder({ ...config, random });
    this.embedding = new Embedding(targetVocabSize, embeddingSize, {
      paddingIdx: padTokenId,
      std: 0.1,
      random,
    });
    this.dropout = new Dropout(dropout, { random });
    const Cell = { rnn: RNN, gru: GRU, lstm: LSTM }[cell];
    this.decoder = new Cell(embeddingSize, hiddenSize, { numLayers, dropout, random });
    const stateCount = cell === "lstm" ? 2 : 1;
    this.bridges = bidirectional
      ? Array.from({ length: stateCount }, () => new Linear(2 * hiddenSize, hiddenSize, { random }))
      : [];
    const memorySize = this.encoder.outputSize;
    if (attention !== "none") {
      const score = memorySize === hiddenSize ? "dot" : "general";
      this.attention =
        attention === "additive"
          ? new AdditiveAttention(hiddenSize, memorySize, { random })
          : new DotProductAttention(hiddenSize, memorySize, { score, random });
      this.combine = new Linear(hiddenSize + memorySize, hiddenSize, { random });
    }
    this.output = new Linear(hiddenSize, targetVocabSize, { random });
  }

  /** What holds for `generate` where a call says nothing else. */
  get generationConfig(): GenerationConfig {
    const { bosTokenId, eosTokenId, padTokenId } = this.config;
    return { bosTokenId, decoderStartTokenId: bosTokenId, eosTokenId, padTokenId };
  }

  forward(input: Seq2SeqInput, options: RecurrentSeq2SeqForwardOptions = {}): tf.Tensor {
    return tf.tidy(() => {
      const { memory, states } = this.encode(input);
      const keyPaddingMask = toPaddingMask(input.attentionMask);
      return this.decode(input.decoderInputIds, { memory, states, keyPaddingMask, ...options }).logits;
    });
  }

  /** The encoder alone: its outputs [batch, source time, size], and the decoder's first states. */
  encode(input: TokenInput): { readonly memory: tf.Tensor; readonly states: DecoderStates } {
    return tf.tidy(() => {
      const { output: memory, ...last } = this.encoder.forward(input);
      return { memory, states: statesOf(last).map((state, index) => this.#handOver(state, index)) };
    });
  }

  /** The decoder from `states` on: ids [batch, time] → logits [batch, time, targetVocabSize], and the states after them. */
  decode(
    ids: tf.Tensor,
    from: {
      readonly memory: tf.Tensor;
      readonly states: DecoderStates;
      readonly keyPaddingMask?: tf.Tensor;
    } & RecurrentSeq2SeqForwardOptions,
  ): { readonly logits: tf.Tensor; readonly states: DecoderStates } {
    const { memory, states, keyPaddingMask, crossAttentions } = from;
    return tf.tidy(() => {
      const [hidden, cell] = states;
      const vectors = this.dropout.forward(this.embedding.forward(ids)); // [batch, time, embeddingSize]
      const { output, ...last } = this.decoder.forward(vectors, { hidden, ...(cell && { cell }) });
      const own = this.#lookBack(output, { memory, keyPaddingMask, crossAttentions });
      return { logits: this.output.forward(this.dropout.forward(own)), states: statesOf(last) };
    });
  }

  /** [batch, time, hiddenSize], with what was seen in the source where the model looks. */
  #lookBack(
    hidden: tf.Tensor,
    {
      memory,
      keyPaddingMask,
      crossAttentions,
    }: { memory: tf.Tensor; keyPaddingMask?: tf.Tensor } & RecurrentSeq2SeqForwardOptions,
  ): tf.Tensor {
    const { attention, combine } = this;
    if (!attention || !combine) return hidden;
    const { output, weights } = attention.forward(hidden, memory, { keyPaddingMask });
    crossAttentions?.push(tf.keep(tf.expandDims(weights, 1))); // [batch, 1, target, source]
    return tf.tanh(combine.forward(tf.concat([hidden, output], -1)));
  }

  /** [layers · directions, batch, hidden] → [layers, batch, hidden] */
  #handOver(state: tf.Tensor, index: number): tf.Tensor {
    const bridge = this.bridges.at(index);
    if (!bridge) return state;
    const { numLayers, hiddenSize } = this.config;
    const batch = state.shape[1] as number;
    const apart = tf.reshape(state, [numLayers, 2, batch, hiddenSize]);
    const sideBySide = tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [numLayers, batch, 2 * hiddenSize]);
    return tf.tanh(bridge.forward(sideBySide)); // [layers, batch, hidden]
  }
}

function statesOf(last: Omit<HiddenOutput, "output"> | Omit<LSTMOutput, "output">): tf.Tensor[] {
  return "cell" in last ? [last.hidden, last.cell] : [last.hidden];
}
