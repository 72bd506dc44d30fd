/** Small enough to compare every number with ONNX Runtime's, with more than one of each: layer, head, token. */
export const sizes = {
  vocabSize: 13,
  hiddenSize: 16,
  numLayers: 2,
  numHeads: 4,
  maxLength: 12,
  dropout: 0.3,
  seed: 3,
};
