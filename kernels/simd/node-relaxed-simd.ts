/** Relaxed SIMD in Node, where Node 20 has it and does not offer it unasked. */
import { setFlagsFromString } from "node:v8";
import { hasRelaxedSimd } from "./builds.ts";

/**
 * Has this process, its worker threads included, compile modules with `f32x4.relaxed_madd`, a product and a sum in one
 * instruction: a training step takes a sixth less time. To be called before TensorFlow.js's wasm backend is started. Later
 * versions of Node have it from the start.
 */
export function allowRelaxedSimd(): void {
  if (!hasRelaxedSimd()) setFlagsFromString("--experimental-wasm-relaxed-simd");
}
