import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkOneOf } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { Dropout } from "../layers/dropout.ts";
import { Embedding } from "../layers/embedding.ts";
import { GRU } from "../layers/gru.ts";
import { LSTM, type LSTMOutput } from "../layers/lstm.ts";
import { RNN, type HiddenOutput } from "../layers/rnn.ts";
import { Module } from "../module.ts";
import { checkTokenInput, toPaddingMask, type TokenInput } from "./token-input.ts";

export interface RecurrentEncoderConfig {
  readonly vocabSize: number;
  /** Default "lstm". */
  readonly cell?: "rnn" | "gru" | "lstm";
  /** The size of a token's vector. Default 64. */
  readonly embeddingSize?: number;
  /** Units of each layer and direction. Default 64. */
  readonly hiddenSize?: number;
  /** Default 1. */
  readonly numLayers?: number;
  /** Read from both ends. Default true. */
  readonly bidirectional?: boolean;
  /** The id of padding, whose vector is not learnt. Default 0. */
  readonly padTokenId?: number;
  /** How likely a number is dropped while training: of the vectors, between layers, and of the outputs. Default 0.1. */
  readonly dropout?: number;
}

/** The options with their defaults filled in, as they are saved. */
export function toRecurrentConfig(options: RecurrentEncoderConfig): Required<RecurrentEncoderConfig> {
  const { vocabSize, cell = "lstm", embeddingSize = 64, hiddenSize = 64, numLayers = 1 } = options;
  const { bidirectional = true, padTokenId = 0, dropout = 0.1 } = options;
  return { vocabSize, cell, embeddingSize, hiddenSize, numLayers, bidirectional, padTokenId, dropout };
}

export interface RecurrentForwardInput {
  /** Vectors to take instead of those of `inputIds`, [batch, time, embeddingSize]. */
  readonly inputsEmbeds?: tf.Tensor;
}

/**
 * A recurrent layer over the embeddings of tokens; padding is skipped (`attentionMask`):
 *
 *     output, last states = cell(drop(embedding(inputIds)))        [batch, time] → output [batch, time, directions · hiddenSize]
 *
 * Names in the state dict: embedding.weight, recurrent.weight_ih_l0, ….
 *
 * @ko 토큰 임베딩 위에 순환층을 둔 인코더입니다. 패딩은 건너뜁니다.
 */
export class RecurrentEncoder extends Module<
  TokenInput,
  HiddenOutput | LSTMOutput,
  [options?: RecurrentForwardInput]
> {
  readonly config: Required<RecurrentEncoderConfig> & { readonly modelType: "recurrent-encoder" };
  readonly embedding: Embedding;
  readonly recurrent: RNN | GRU | LSTM;
  readonly dropout: Dropout;

  constructor(options: RecurrentEncoderConfig & RandomOptions) {
    super();
    const where = "RecurrentEncoder";
    const config = toRecurrentConfig(options);
    const { vocabSize, cell, embeddingSize, hiddenSize, numLayers, bidirectional, padTokenId, dropout } =
      config;
    checkOneOf(cell, { where, what: "cell", allowed: ["rnn", "gru", "lstm"] });
    checkInteger(hiddenSize, { where, what: "hiddenSize", min: 1 });
    checkInteger(numLayers, { where, what: "numLayers", min: 1 });
    const random = toRandom(options);
    const Cell = { rnn: RNN, gru: GRU, lstm: LSTM }[cell];
    this.config = { modelType: "recurrent-encoder", ...config };
    this.dropout = new Dropout(dropout, { random });
    this.embedding = new Embedding(vocabSize, embeddingSize, { paddingIdx: padTokenId, std: 0.1, random });
    this.recurrent = new Cell(embeddingSize, hiddenSize, { numLayers, bidirectional, dropout, random });
  }

  /** The size of an output: both directions side by side. */
  get outputSize(): number {
    return this.config.hiddenSize * (this.config.bidirectional ? 2 : 1);
  }

  forward(input: TokenInput, { inputsEmbeds }: RecurrentForwardInput = {}): HiddenOutput | LSTMOutput {
    checkTokenInput(input, "RecurrentEncoder");
    return tf.tidy(() => {
      const vectors = inputsEmbeds ?? this.embedding.forward(input.inputIds); // [batch, time, embeddingSize]
      const read = this.recurrent.forward(this.dropout.forward(vectors), {
        paddingMask: toPaddingMask(input.attentionMask),
      });
      return { ...read, output: this.dropout.forward(read.output) };
    });
  }
}
