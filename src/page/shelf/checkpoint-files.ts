/** The kernel's own readers of a checkpoint: they know bytes alone, no tensor and no page. */
export { parseSafetensors } from "../../../kernels/nlp/train/checkpoint/safetensors.ts";
export { unpackCheckpoint } from "../../../kernels/nlp/train/checkpoint/zip.ts";
