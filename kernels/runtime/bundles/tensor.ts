/** TensorFlow.js with its backends, and the parts of the library that compute with it. Loaded when a cell imports one. */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import * as nn from "../../nlp/nn/index.ts";
import * as onnx from "../../nlp/onnx/index.ts";
import * as train from "../../nlp/train/index.ts";
import * as shelf from "../shelf/index.ts";
import { installSimd, registerGradients, type Installed } from "../../simd/index.ts";
import { registerPlainKernels } from "../../simd/plain/index.ts";
import type { Localized } from "../localized.ts";
import { assetUrl, type ModuleTable } from "../modules.ts";
import type { BackendName } from "../protocol.ts";
import type { Engine } from "../tensors.ts";

export const modules: ModuleTable = {
  "@tensorflow/tfjs": tf,
  "gongbu/nn": nn,
  "gongbu/train": train,
  "gongbu/onnx": onnx,
  "gongbu/shelf": shelf,
};

export { measureTraining } from "./measure-training.ts";

export const engine = tf.engine() as unknown as Engine;

export interface BackendReport {
  readonly name: BackendName;
  readonly simd: boolean;
  /** Whether the CPU multiplies and adds in one instruction. */
  readonly fma: boolean;
  readonly threads: number;
  readonly note?: Localized;
}

const WASM_FILES = [
  "tfjs-backend-wasm.wasm",
  "tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm",
] as const;

/** What is tried when nothing was chosen, or when the chosen one does not start here. */
const FALLBACKS: readonly BackendName[] = ["wasm", "webgl", "cpu"];

/** Starts the backend that was chosen, or the next that works. Its wasm files come by way of the host's `fetch`. */
export async function startBackend(backend: BackendName | "auto"): Promise<BackendReport> {
  setWasmPaths(Object.fromEntries(WASM_FILES.map((name) => [name, assetUrl(name)])), true);
  const wanted = backend === "auto" ? FALLBACKS : [backend, ...FALLBACKS.filter((name) => name !== backend)];
  const name = await firstThatStarts(wanted);
  registerGradients();
  if (name === "wasm") registerPlainKernels();
  const native = name === "wasm" ? await installSimd({ load: loadAsset, cores: coreCount() }) : undefined;
  const note = noteOn({ wanted: backend, taken: name, native });
  return {
    name,
    simd: native !== undefined,
    fma: native?.relaxed ?? false,
    threads: native?.threads ?? 1,
    ...(note && { note }),
  };
}

/** Node 20 has no `navigator`; its wasm backend has no threads either. */
function coreCount(): number {
  return (globalThis as { readonly navigator?: Navigator }).navigator?.hardwareConcurrency ?? 1;
}

async function loadAsset(name: string): Promise<ArrayBuffer> {
  return (await fetch(assetUrl(name))).arrayBuffer();
}

async function firstThatStarts(names: readonly BackendName[]): Promise<BackendName> {
  for (const name of names) {
    try {
      if (await tf.setBackend(name)) return name;
    } catch {
      // The next one is tried; the report says which was taken instead.
    }
  }
  throw new Error(`None of TensorFlow.js's backends starts here; tried ${names.join(", ")}.`);
}

function noteOn(setting: {
  readonly wanted: BackendName | "auto";
  readonly taken: BackendName;
  readonly native: Installed | undefined;
}): Localized | undefined {
  const { wanted, taken, native } = setting;
  if (wanted !== "auto" && wanted !== taken) {
    return {
      en: `The ${wanted} backend does not start in this browser; ${taken} computes instead.`,
      ko: `이 브라우저에서는 ${wanted} 백엔드를 시작할 수 없어 ${taken} 백엔드로 계산합니다.`,
    };
  }
  if (taken !== "wasm" || native) return undefined;
  return {
    en: "This browser has no WebAssembly SIMD, so training is slow: TensorFlow.js's own kernels compute. A newer browser is ten times as fast.",
    ko: "이 브라우저에는 WebAssembly SIMD가 없어 TensorFlow.js의 기본 커널로 계산하므로 학습이 느립니다. 최신 브라우저에서는 열 배쯤 빠릅니다.",
  };
}
