/** The WebAssembly module at work in the memory of a TensorFlow.js backend. */
import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

export type Address = number;

/** What assembly/index.ts exports; the functions say there what they compute. Booleans are 0 and 1. */
// prettier-ignore
export interface Exports {
  gemm(
    count: number, aStep: number, bStep: number, cStep: number, transposeA: number, transposeB: number, m: number, n: number, k: number, a: Address, aRow: number,
    b: Address, bRow: number, c: Address, cRow: number, bias: Address, flags: number,
  ): void;
  packedBytes(n: number, k: number): number;
  packWhole(transposeB: number, n: number, k: number, b: Address, bRow: number, to: Address): void;
  scratchBytes(): number;
  useScratch(at: Address): void;
  unary(which: number, x: Address, y: Address, n: number): void;
  arithmetic(
    which: number, a: Address, b: Address, y: Address, rows: number, n: number, aRow: number, aStep: number, bRow: number,
    bStep: number,
  ): void;
  geluGradient(approximate: number, dy: Address, x: Address, dx: Address, n: number): void;
  reluGradient(dy: Address, y: Address, dx: Address, n: number): void;
  reduce(
    which: number,
    x: Address,
    y: Address,
    outer: number,
    reduced: number,
    inner: number,
    scale: number,
  ): void;
  sumRows(x: Address, y: Address, rows: number, columns: number): void;
  gatherRows(
    x: Address,
    ids: Address,
    y: Address,
    outer: number,
    rows: number,
    n: number,
    bytes: number,
  ): void;
  segmentSum(x: Address, ids: Address, y: Address, n: number, columns: number, segments: number): void;
  segmentSumInt(x: Address, ids: Address, y: Address, n: number, columns: number, segments: number): void;
  copyRows(x: Address, y: Address, rows: number, bytes: number, xRow: number, yRow: number): void;
  copyStrided(x: Address, y: Address, rank: number, shape: Address, strides: Address, width: number): void;
  dropout(
    x: Address,
    y: Address,
    n: number,
    first: number,
    seed: number,
    threshold: number,
    scale: number,
  ): void;
  layerNorm(
    x: Address,
    w: Address,
    b: Address,
    y: Address,
    statistics: Address,
    rows: number,
    n: number,
    eps: number,
  ): void;
  embed(
    ids: Address, tokens: Address, positions: Address, w: Address, b: Address, y: Address, statistics: Address,
    n: number, time: number, size: number, eps: number,
  ): void;
  addInto(y: Address, x: Address, n: number): void;
  nextTokenBytes(rows: number, size: number): number;
  nextTokenLogits(
    hidden: Address, w: Address, b: Address, weight: Address, bias: Address, logits: Address, work: Address,
    rows: number, time: number, size: number, vocabulary: number, eps: number,
  ): void;
  sumExps(x: Address, sums: Address, rows: number, n: number): void;
  layerNormGradient(
    dy: Address,
    x: Address,
    w: Address,
    statistics: Address,
    dx: Address,
    dw: Address,
    db: Address,
    rows: number,
    n: number,
  ): void;
  attentionBytes(queries: number, keys: number): number;
  attentionTogether(operands: Address, gradient: number, items: number, cost: number): void;
  mostPieces(): number;
  transformerLayer(operands: Address): void;
  transformerLayerBytes(positions: number, size: number, inner: number, heads: number, keys: number): number;
  controlBytes(): number;
  useThreads(at: Address, helpers: number): void;
  helperCount(): number;
  help(): void;
  dismiss(): void;
  crossEntropy(
    z: Address,
    classes: Address,
    weight: Address,
    losses: Address,
    logSums: Address,
    rows: number,
    n: number,
    ignored: number,
    smoothing: number,
  ): void;
  crossEntropyGradient(
    g: Address,
    z: Address,
    classes: Address,
    weight: Address,
    logSums: Address,
    dz: Address,
    rows: number,
    n: number,
    ignored: number,
    smoothing: number,
  ): void;
  recurrenceBytes(kind: number, rows: number, size: number): number;
  recurrenceTogether(operands: Address, gradient: number): void;
  adam(
    table: Address,
    count: number,
    beta1: number,
    beta2: number,
    rate: number,
    spread: number,
    eps: number,
    decay: number,
    shrink: number,
  ): void;
  convolution(...args: number[]): void;
  convolutionFilterGradient(...args: number[]): void;
  convolutionInputGradient(...args: number[]): void;
  depthwise(...args: number[]): void;
  depthwiseFilterGradient(...args: number[]): void;
  depthwiseInputGradient(...args: number[]): void;
}

/** `tf.TensorInfo`, or a tensor. */
export interface Stored {
  readonly dataId: object;
  readonly shape: number[];
  readonly dtype: tf.DataType;
}

/** The parts of the backend's Emscripten module that are used here. */
interface Heap {
  _malloc(bytes: number): number;
  _free(address: number): void;
  readonly HEAPU8: Uint8Array;
  readonly wasmMemory?: WebAssembly.Memory;
  readonly asm?: { readonly memory: WebAssembly.Memory };
}

/** `gemm`'s flag: C is added to. */
export const ACCUMULATE = 1;
/** Its other: max(0, c) at the end. */
export const RELU = 2;

/** `unary`'s functions. */
export const UNARY = { exp: 0, tanh: 1, log: 2, erf: 3, gelu: 4, geluTanh: 5 } as const;
/** `arithmetic`'s operations. */
export const ARITHMETIC = { add: 0, subtract: 1, multiply: 2, divide: 3 } as const;
/** `reduce`'s. */
export const REDUCE = { sum: 0, max: 1, min: 2 } as const;

/** Native code for one backend. It lives as long as the backend, and so does the scratch memory that it takes. */
export class Native {
  readonly backend: BackendWasm;
  readonly run: Exports;
  /** Ends the helper threads at once. */
  endHelpers: () => void = () => undefined;
  readonly #heap: Heap;

  constructor(backend: BackendWasm, module: WebAssembly.Module) {
    this.backend = backend;
    this.#heap = heapOf(backend);
    this.run = instantiate(module, { memory: memoryOf(backend), lost: () => this.endHelpers() });
    this.run.useScratch(this.allocateBytes(this.run.scratchBytes()));
  }

  /** Where the tensor's numbers lie. They are brought here first if another backend has them. */
  address(tensor: Stored): Address {
    let data = this.backend.dataIdMap.get(tensor.dataId);
    if (!data) {
      tf.engine().moveData(this.backend, tensor.dataId);
      data = this.backend.dataIdMap.get(tensor.dataId);
    }
    return data.memoryOffset >>> 0;
  }

  /** Address of something that may be absent: then 0. */
  maybeAddress(tensor: Stored | undefined): Address {
    return tensor ? this.address(tensor) : 0;
  }

  /** Room for a result, not yet a tensor: what is in it is undefined. */
  output(shape: readonly number[], dtype: tf.DataType = "float32"): tf.TensorInfo {
    return this.backend.makeOutput([...shape], dtype);
  }

  zeros(shape: readonly number[]): tf.TensorInfo {
    const info = this.output(shape);
    this.float32(this.address(info), sizeOf(shape)).fill(0);
    return info;
  }

  /** Copies numbers of 4 bytes. */
  copy(from: Address, to: Address, length: number): void {
    this.#heap.HEAPU8.copyWithin(to, from, from + length * 4);
  }

  /** The result as a tensor of the present scope. */
  tensor(info: tf.TensorInfo): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(info, this.backend);
  }

  /** Memory for the time of `work`. */
  withBytes<T>(bytes: number, work: (address: Address) => T): T {
    const address = this.allocateBytes(bytes);
    try {
      return work(address);
    } finally {
      this.#heap._free(address);
    }
  }

  /** Whole numbers in memory for the time of `work`. */
  withInts<T>(values: ArrayLike<number>, work: (address: Address) => T): T {
    return this.withBytes(values.length * 4, (address) => {
      this.int32(address, values.length).set(values);
      return work(address);
    });
  }

  /** Views are to be used at once: the memory that they look at is replaced when it grows. */
  int32(address: Address, length: number): Int32Array {
    return new Int32Array(this.#heap.HEAPU8.buffer, address, length);
  }

  float32(address: Address, length: number): Float32Array {
    return new Float32Array(this.#heap.HEAPU8.buffer, address, length);
  }

  float64(address: Address, length: number): Float64Array {
    return new Float64Array(this.#heap.HEAPU8.buffer, address, length);
  }

  allocateBytes(bytes: number): Address {
    const address = this.#heap._malloc(Math.max(bytes, 16)) >>> 0;
    if (address !== 0) return address;
    throw new Error(
      `The WebAssembly memory has no ${Math.ceil(bytes / 2 ** 20)} MB left. Use a smaller batch, or free tensors: tf.tidy, tensor.dispose().`,
    );
  }
}

export interface InstanceOptions {
  readonly memory: WebAssembly.Memory;
  /** Called when a helper thread does not come back with its work: ends all helpers. */
  readonly lost: () => void;
}

/** An instance of the module; each thread has its own. */
export function instantiate(module: WebAssembly.Module, { memory, lost }: InstanceOptions): Exports {
  const { exports } = new WebAssembly.Instance(module, {
    env: { memory, lost, now: () => performance.now() },
  });
  return exports as unknown as Exports;
}

function heapOf(backend: BackendWasm): Heap {
  return backend.wasm as unknown as Heap;
}

export function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  const { wasmMemory, asm } = heapOf(backend);
  const memory = wasmMemory ?? asm?.memory;
  if (!memory) throw new Error("This build of TensorFlow.js's wasm backend does not show its memory.");
  return memory;
}

const natives = new WeakMap<object, Native>();

/** The native code that was put into the backend, if any. Default: the backend that computes now. */
export function maybeNative(backend: object = tf.backend()): Native | undefined {
  return natives.get(backend);
}

export function removeNative(backend: object): void {
  natives.delete(backend);
}

export function setNative(backend: object, native: Native): void {
  natives.set(backend, native);
}

/** The product of sizes. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** So that what comes next lies well for vectors. */
export function roundUp(bytes: number): number {
  return (bytes + 15) & ~15;
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** A float as the whole number with the same bits. */
export function bitsOf(value: number): number {
  float[0] = value;
  return bits[0];
}
