/** Puts the native kernels into TensorFlow.js's wasm backend. */
import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { BUILDS, findBuild, hasRelaxedSimd, type BuildName } from "./builds.ts";
import { findHelperCount, startHelpers, startWorkerHelper, threadsOf } from "./helpers.ts";
import { maybeNative, memoryOf, Native, removeNative, setNative } from "./native.ts";
import { kernels } from "./ops/index.ts";
import { registerKernels } from "./ops/register.ts";

export interface InstallOptions {
  /** Gives the bytes of a build by its file's name. */
  readonly load: (name: BuildName) => Promise<BufferSource>;
  /** Default: what the engine can do. */
  readonly relaxed?: boolean;
  /** How many cores there are; where memory is shared, helpers compute on those beside this one. Default 1. */
  readonly cores?: number;
}

export interface Installed {
  readonly build: BuildName;
  /** Whether it multiplies and adds in one instruction. */
  readonly relaxed: boolean;
  readonly threads: number;
}

/**
 * To be called when the wasm backend is the one that computes. Undefined where the engine has no SIMD: TensorFlow.js's
 * own kernels compute on.
 */
export async function installSimd(options: InstallOptions): Promise<Installed | undefined> {
  if ((await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) !== true) return undefined;
  const backend = tf.backend() as BackendWasm;
  const memory = memoryOf(backend);
  const shared = typeof SharedArrayBuffer !== "undefined" && memory.buffer instanceof SharedArrayBuffer;
  const build = findBuild({ relaxed: options.relaxed ?? hasRelaxedSimd(), shared });
  let native = maybeNative(backend);
  if (!native) {
    const module = await WebAssembly.compile(await options.load(build));
    native = new Native(backend, module);
    if (shared) await help(native, { module, memory, cores: options.cores ?? 1 });
    setNative(backend, native);
    registerKernels(kernels);
  }
  return { build, relaxed: BUILDS[build].relaxed, threads: threadsOf(native) };
}

async function help(
  native: Native,
  { cores, ...place }: { module: WebAssembly.Module; memory: WebAssembly.Memory; cores: number },
): Promise<void> {
  native.endHelpers = await startHelpers(native.run, {
    ...place,
    count: findHelperCount(cores),
    startHelper: startWorkerHelper,
    allocate: (bytes) => native.allocateBytes(bytes),
  });
}

/** TensorFlow.js's own kernels compute again. */
export function removeSimd(): void {
  removeNative(tf.backend());
}
