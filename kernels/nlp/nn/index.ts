/**
 * Layers, losses and models, with PyTorch's names and semantics, on TensorFlow.js.
 *
 * @ko 층과 손실, 모델이 들어 있습니다. 이름과 뜻은 PyTorch를 따르고 TensorFlow.js로 계산합니다.
 */
export { toDecoder, type ToDecoderOptions } from "./decoders/to-decoder.ts";
export {
  causalMask,
  scaledDotProductAttention,
  type Attended,
  type AttentionMasks,
  type ScaledDotProductOptions,
} from "./functional/attention.ts";
export { embedding, type EmbeddingParameters } from "./functional/embedding.ts";
export { layerNorm, type LayerNormParameters } from "./functional/layer-norm.ts";
export { linear, type LinearParameters } from "./functional/linear.ts";
export { matMul, type MatMulOptions } from "./functional/mat-mul.ts";
export { rotatePositions, sinusoidalPositions, type RotaryOptions } from "./functional/positions.ts";
export { logSoftmax, softmax, type SoftmaxOptions } from "./functional/softmax.ts";
export {
  viterbi,
  type TransitionConstraints,
  type ViterbiOptions,
  type ViterbiPath,
} from "./functional/viterbi.ts";
export { GELU, ReLU, Tanh, type GELUOptions } from "./layers/activations.ts";
export {
  AdditiveAttention,
  DotProductAttention,
  type AdditiveAttentionOptions,
  type AlignmentOptions,
  type AlignmentOutput,
  type DotProductAttentionOptions,
} from "./layers/alignment-attention.ts";
export { CRF, type CRFLossOptions, type CRFMaskOptions, type CRFOptions } from "./layers/crf.ts";
export { Dropout } from "./layers/dropout.ts";
export { Embedding, type EmbeddingOptions } from "./layers/embedding.ts";
export { GRU } from "./layers/gru.ts";
export { LayerNorm, type LayerNormOptions } from "./layers/layer-norm.ts";
export { Linear, type LinearOptions } from "./layers/linear.ts";
export { LSTM, type LSTMForwardOptions, type LSTMOutput } from "./layers/lstm.ts";
export {
  MultiheadAttention,
  type KeyValues,
  type MultiheadAttentionInput,
  type MultiheadAttentionOptions,
  type MultiheadAttentionOutput,
} from "./layers/multihead-attention.ts";
export {
  LearnedPositionalEncoding,
  SinusoidalPositionalEncoding,
  type LearnedPositionalEncodingOptions,
  type PositionOptions,
  type SinusoidalPositionalEncodingOptions,
} from "./layers/positional-encoding.ts";
export type { RecurrentForwardOptions, RecurrentOptions } from "./layers/recurrent-layer.ts";
export { RNN, type HiddenForwardOptions, type HiddenOutput, type RNNOptions } from "./layers/rnn.ts";
export { Sequential } from "./layers/sequential.ts";
export {
  TransformerDecoderLayer,
  type DecoderExtendOptions,
  type DecoderForwardOptions,
} from "./layers/transformer-decoder-layer.ts";
export {
  TransformerEncoderLayer,
  type EncoderForwardOptions,
  type Extended,
  type ExtendOptions,
} from "./layers/transformer-encoder-layer.ts";
export type { TransformerLayerOptions } from "./layers/transformer-layer.ts";
export {
  TransformerDecoder,
  TransformerEncoder,
  type TransformerStackOptions,
} from "./layers/transformer-stack.ts";
export {
  binaryCrossEntropyWithLogits,
  type BinaryCrossEntropyOptions,
} from "./losses/binary-cross-entropy.ts";
export { crossEntropy, type CrossEntropyOptions } from "./losses/cross-entropy.ts";
export { infoNCE, type InfoNCEOptions } from "./losses/info-nce.ts";
export type { Reduction } from "./losses/reduction.ts";
export { l1, mse, smoothL1, type RegressionLossOptions, type SmoothL1Options } from "./losses/regression.ts";
export {
  BagOfWordsClassifier,
  type BagOfWordsClassifierConfig,
  type BagOfWordsClassifierOptions,
} from "./models/bag-of-words-classifier.ts";
export { CausalLanguageModel, type CausalLanguageModelConfig } from "./models/causal-language-model.ts";
export { createModel, type AnyModel, type ModelConfig, type ModelType } from "./models/create-model.ts";
export {
  EmbeddingClassifier,
  type EmbeddingClassifierConfig,
  type EmbeddingForwardOptions,
} from "./models/embedding-classifier.ts";
export { EncoderClassifier, type EncoderClassifierConfig } from "./models/encoder-classifier.ts";
export { EncoderModel, type EncoderConfig, type TokenForwardOptions } from "./models/encoder-model.ts";
export {
  MaskedLanguageModel,
  type MaskedLanguageModelConfig,
  type PretrainingLogits,
} from "./models/masked-language-model.ts";
export { poolTokens, type Pooling, type PoolOptions } from "./models/pooling.ts";
export {
  RecurrentEncoder,
  type RecurrentEncoderConfig,
  type RecurrentForwardInput,
} from "./models/recurrent-encoder.ts";
export {
  RecurrentSeq2Seq,
  type DecoderStates,
  type RecurrentSeq2SeqConfig,
  type RecurrentSeq2SeqForwardOptions,
} from "./models/recurrent-seq2seq.ts";
export {
  SequenceLabeller,
  type LabelConfig,
  type LabelMaskOptions,
  type PredictLabelsOptions,
  type SequenceLabellerConfig,
} from "./models/sequence-labeller.ts";
export {
  TransformerSeq2Seq,
  type Seq2SeqForwardOptions,
  type Seq2SeqTokens,
  type TransformerSeq2SeqConfig,
} from "./models/transformer-seq2seq.ts";
export { TokenEmbeddings, type EmbedOptions, type TokenEmbeddingsConfig } from "./models/token-embeddings.ts";
export type { Seq2SeqInput, TokenInput } from "./models/token-input.ts";
export { Module, type AnyModule, type LoadStateDictOptions, type StateDict } from "./module.ts";
export { attentionPattern, type AttentionPatternOptions } from "./objectives/attention-pattern.ts";
export { maskTokens, type MaskedTokens, type MaskTokensOptions } from "./objectives/mask-tokens.ts";
export {
  corruptSpans,
  deleteTokens,
  infillSpans,
  permuteSentences,
  replaceTokens,
  rotateDocument,
  type InfillOptions,
  type MaskNoiseOptions,
  type Noised,
  type NoiseOptions,
  type SpanCorruptionOptions,
} from "./objectives/noise.ts";
export { nextSentencePairs, type SentencePair } from "./objectives/next-sentence.ts";
export type { Numbers } from "./tensors.ts";
