import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { compileSimd } from "../kernels/simd/compile.ts";
import { installSimd, removeSimd } from "../kernels/simd/index.ts";
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
async function main() {
await tf.setBackend("wasm"); await installSimd({ load: compileSimd }); removeSimd();
const x3 = tf.randomNormal([32, 32, 64]), x4 = tf.randomNormal([4, 32, 32, 16]), e = tf.randomNormal([2000, 64]), i = tf.randomUniform([1024], 0, 2000, "int32"), x = tf.randomNormal([1024, 64]), w = tf.randomNormal([1024, 256]);
const cases: Record<string, () => tf.Tensor | tf.Tensor[]> = {
  conv1d3: () => tf.conv1d(x3 as tf.Tensor3D, tf.ones([3, 64, 64]), 1, "same"), conv1d5: () => tf.conv1d(x3 as tf.Tensor3D, tf.ones([5, 64, 100]), 1, "valid"),
  conv2d: () => tf.conv2d(x4 as tf.Tensor4D, tf.ones([3, 3, 16, 32]), 1, "same"), conv2d1x1: () => tf.conv2d(x4 as tf.Tensor4D, tf.ones([1, 1, 16, 32]), 1, "same"), conv2ds2: () => tf.conv2d(x4 as tf.Tensor4D, tf.ones([3, 3, 16, 32]), 2, "same"),
  convInput: () => tf.conv2dTranspose(x4 as tf.Tensor4D, tf.ones([3, 3, 32, 16]), [4, 32, 32, 32], 1, "same"),
  sum0: () => tf.sum(w, 0), sum1: () => tf.sum(w, 1), sumAll: () => tf.sum(w), mean1: () => tf.mean(w, 1), max1: () => tf.max(w, 1), max0: () => tf.max(w, 0), min1: () => tf.min(w, 1), exp: () => tf.exp(x), tanh: () => tf.tanh(x), log: () => tf.log(x), erf: () => tf.erf(x), gather: () => tf.gather(e, i), slice: () => tf.slice(x, [0, 8], [1024, 32]), split: () => tf.split(x, 4, 1), unstack: () => tf.unstack(x3, 1), tile: () => tf.tile(x, [2, 1]), reverse: () => tf.reverse(x, 1), clone: () => tf.clone(x), broadcast: () => tf.broadcastTo(tf.reshape(tf.sum(x, 0), [1, 64]), [1024, 64]),
};
for (const [n, f] of Object.entries(cases)) { const out = [];
  for (const on of [false, true]) { if (on) await installSimd({ load: compileSimd }); else removeSimd();
    const run = () => tf.tidy(() => { f(); }); const end = performance.now() + 150; while (performance.now() < end) run(); let best = 1e9; const e2 = performance.now() + 200; while (performance.now() < e2) { const t = performance.now(); run(); best = Math.min(best, performance.now() - t); } out.push(Math.round(best * 1000)); }
  console.log(n, out.join(" → "), (out[0] / out[1]).toFixed(1) + "×"); }
}
void main();
