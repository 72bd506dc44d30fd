/** What the module exports. It works in TensorFlow.js's memory, which it imports, and has no data of its own. */
export { adam } from "./adam";
export { arithmetic } from "./arithmetic";
export { attentionBytes } from "./attention";
export {
  convolution, convolutionFilterGradient, convolutionInputGradient, depthwise, depthwiseFilterGradient, depthwiseInputGradient,
} from "./convolution";
export { crossEntropy, crossEntropyGradient } from "./cross-entropy";
export { dropout } from "./dropout";
export { geluGradient, reluGradient, unary } from "./elementwise";
export { embed } from "./embed";
export { packedBytes, packWhole, scratchBytes, useScratch } from "./gemm";
export { layerNorm, layerNormGradient } from "./layer-norm";
export { nextTokenBytes, nextTokenLogits, sumExps } from "./next-token";
export { recurrenceBytes } from "./recurrent";
export { reduce, sumRows } from "./reduction";
export { copyRows, copyStrided, gatherRows, segmentSum, segmentSumInt } from "./rows";
export {
  attentionTogether, controlBytes, dismiss, gemmTogether as gemm, help, helperCount, mostPieces, recurrenceTogether,
  useThreads,
} from "./threads";
export { transformerLayer, transformerLayerBytes } from "./transformer-layer";
export { addInto } from "./vector";
