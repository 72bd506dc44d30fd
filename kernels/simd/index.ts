/** Native kernels for TensorFlow.js's wasm backend, and functions that do the work of several operations at once. */
export { adam, type AdamParameter, type AdamSetting, type AdamStep } from "./fused/adam.ts";
export { attention, type AttentionOperands, type Heads } from "./fused/attention.ts";
export { attentionPart, type AttentionPartOperands } from "./fused/attention-part.ts";
export { crossEntropy, type CrossEntropyOperands } from "./fused/cross-entropy.ts";
export { dropout, type Dropped } from "./fused/dropout.ts";
export { embedTokens, type EmbedOperands, type EmbedWeights } from "./fused/embed-tokens.ts";
export { extendDecoder, type DecoderOperands, type ExtendedDecoder } from "./fused/extend-decoder.ts";
export { feedForwardPart, type FeedForwardOperands } from "./fused/feed-forward-part.ts";
export { gelu } from "./fused/gelu.ts";
export { layerNorm, type LayerNormOperands } from "./fused/layer-norm.ts";
export {
  extendLayer,
  type ExtendedLayer,
  type LayerOperands,
  type LayerWeights,
} from "./fused/extend-layer.ts";
export { readNextTokenLogits, type NextTokenLogits } from "./fused/next-token.ts";
export { linear, type LinearOperands } from "./fused/linear.ts";
export type { NormWeights, Weighted } from "./fused/weights.ts";
export { recurrence, type RecurrenceOperands } from "./fused/recurrence.ts";
export { registerGradients } from "./gradients.ts";
export { installSimd, removeSimd, type Installed, type InstallOptions } from "./install.ts";
export { maybeNative, type Native } from "./native.ts";
