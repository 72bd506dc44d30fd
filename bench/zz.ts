import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { compileSimd } from "../kernels/simd/compile.ts";
import { installSimd, registerGradients } from "../kernels/simd/index.ts";
import { MODELS } from "./train-step/models.ts";
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
async function main() {
registerGradients(); await tf.setBackend("wasm");
console.log(await installSimd({ load: compileSimd }));
for (const [n, v] of process.argv.slice(2).map(s => s.split("."))) {
  const step = MODELS[n as "tagger"][v as "plain"]();
  const ls = []; for (let i = 0; i < 5; i++) ls.push((await step()).toFixed(4));
  for (let i = 0; i < 30; i++) await step();
  const r = []; for (let i = 0; i < 60; i++) { const t = performance.now(); await step(); r.push(performance.now() - t); }
  r.sort((a, b) => a - b);
  console.log(n, v, "median", r[30].toFixed(2), "min", r[0].toFixed(2), ls.join(" "), tf.memory().numTensors);
  if (process.env.PROF) {
    const agg: Record<string, {n:number, ms:number}> = {};
    const { maybeNative } = await import("../kernels/simd/index.ts"); const nat = maybeNative()!; const run = nat.run as unknown as Record<string, (...a: number[]) => void>;
    const wrapped: Record<string, unknown> = {}; for (const k of Object.keys(run)) wrapped[k] = typeof run[k] !== "function" ? run[k] : (...a: number[]) => { const t = performance.now(); const r = run[k](...a); const e = agg["  native." + k] ??= { n: 0, ms: 0 }; e.n++; e.ms += performance.now() - t; return r; };
    (nat as unknown as { run: unknown }).run = wrapped;
    for (const kc of tf.getKernelsForBackend("wasm")) { const f = kc.kernelFunc; tf.unregisterKernel(kc.kernelName, "wasm"); tf.registerKernel({ ...kc, kernelFunc: (p) => { const t = performance.now(); const r = f(p); const e = agg[kc.kernelName] ??= { n: 0, ms: 0 }; e.n++; e.ms += performance.now() - t; return r; } }); }
    const t = performance.now(); for (let i = 0; i < 40; i++) await step(); console.log("total", ((performance.now() - t) / 40).toFixed(2));
    console.log(Object.entries(agg).sort((a, b) => b[1].ms - a[1].ms).slice(0, 25).map(([k, e]) => `${k} n=${e.n / 40} ${(e.ms / 40).toFixed(3)}`).join("\n"));
  }
}
}
void main();
