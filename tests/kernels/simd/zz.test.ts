import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { beforeAll, it } from "vitest";
import { LSTM, MultiheadAttention, GRU } from "../../../kernels/nlp/nn/index.ts";
import { maybeNative } from "../../../kernels/simd/index.ts";
import { startNativeBackend } from "./native-backend.ts";
beforeAll(startNativeBackend);
it("x", async () => {
  await tf.setBackend("wasm");
  const heap = (tf.backend() as BackendWasm).wasm as unknown as { _malloc(n: number): number; _free(n: number): void; HEAPU8: Uint8Array };
  const orig = { m: heap._malloc, f: heap._free }; const sizes = new Map<number, number>(); const G = 64;
  heap._malloc = (n) => { const s = orig.m(n + 2 * G) >>> 0; heap.HEAPU8.fill(0xa5, s, s + G); heap.HEAPU8.fill(0xa5, s + G + n, s + 2 * G + n); sizes.set(s + G, n); return s + G; };
  heap._free = (a) => { if (!sizes.has(a)) { console.log("free of unknown", a); return orig.f(a); } sizes.delete(a); orig.f(a - G); };
  const check = (what: string) => { for (const [a, n] of sizes) { for (let i = 0; i < G; i++) if (heap.HEAPU8[a - G + i] !== 0xa5 || heap.HEAPU8[a + n + i] !== 0xa5) { throw new Error(what + " broke " + n + " bytes at " + a + " offset " + i); } } };
  const nat = maybeNative()!; const run = nat.run as unknown as Record<string, (...a: number[]) => unknown>;
  const wrapped: Record<string, unknown> = {}; for (const k of Object.keys(run)) wrapped[k] = typeof run[k] !== "function" ? run[k] : (...a: number[]) => { const r = run[k](...a); check(k + " " + a.join()); return r; };
  (nat as unknown as { run: unknown }).run = wrapped;
  for (const kc of tf.getKernelsForBackend("wasm")) { const f = kc.kernelFunc; tf.unregisterKernel(kc.kernelName, "wasm"); tf.registerKernel({ ...kc, kernelFunc: (p) => { const r = f(p); check(kc.kernelName + JSON.stringify(Object.values(p.inputs).map((i) => (i as { shape: number[] }).shape))); return r; } }); }
  const heads = new MultiheadAttention(1, 1, { seed: 1, dropout: 0.2 }); const lstm = new LSTM(1, 5, { seed: 2, bidirectional: true }); const gru = new GRU(10, 3, { seed: 3 });
  const x = tf.randomNormal([2, 5, 1]); const keyPaddingMask = tf.tensor2d([0, 0, 0, 1, 0, 0, 1, 1, 1, 1], [2, 5]);
  tf.tidy(() => { const a = heads.forward(x, { keyPaddingMask, causal: true }).output; check("heads"); const r = lstm.forward(a, { lengths: [4, 2] }).output; check("lstm"); gru.forward(r); check("gru"); });
  check("end");
});
