/** The kernels write where they should and nowhere else, and keep nothing. */
import { gzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkModule, compileSimd, findSections } from "../../../kernels/simd/compile.ts";
import { BUILDS, type BuildName } from "../../../kernels/simd/builds.ts";
import { generate } from "../../../kernels/nlp/decode/index.ts";
import {
  crossEntropy,
  LayerNorm,
  Linear,
  GELU,
  GRU,
  LSTM,
  MultiheadAttention,
  Dropout,
  toDecoder,
  TransformerDecoderLayer,
  TransformerSeq2Seq,
  type AnyModule,
} from "../../../kernels/nlp/nn/index.ts";
import { Adam, valueAndGradients } from "../../../kernels/nlp/train/index.ts";
import { startNativeBackend } from "./native-backend.ts";

interface Heap {
  _malloc(bytes: number): number;
  _free(address: number): void;
  readonly HEAPU8: Uint8Array;
}

/** Bytes on either side of every piece of memory that is handed out. */
const GUARD = 64;
const MARK = 0xa5;

beforeAll(() => startNativeBackend());

/** A model that runs every fused function, of odd sizes. */
function makeModel(width: number) {
  const heads = new MultiheadAttention(width, 1, { seed: 1, dropout: 0.2 });
  const lstm = new LSTM(width, 5, { seed: 2, bidirectional: true });
  const gru = new GRU(10, 3, { seed: 3 });
  const norm = new LayerNorm(3);
  const output = new Linear(3, 7, { seed: 4 });
  const [gelu, drop] = [new GELU(), new Dropout(0.3, { seed: 5 })];
  const modules: AnyModule[] = [heads, lstm, gru, norm, output];
  const parameters = modules.flatMap((module) => module.parameters());
  const optimizer = new Adam(parameters, { lr: 0.01 });
  const keyPaddingMask = tf.tensor2d([0, 0, 0, 1, 0, 0, 1, 1, 1, 1], [2, 5]);
  const x = tf.randomNormal([2, 5, width], 0, 1, "float32", 1);
  const targets = tf.tensor2d([0, 1, 2, 3, 4, 5, 6, 0, 1, -100], [2, 5], "int32");

  function step(): void {
    tf.tidy(() => {
      const { gradients } = valueAndGradients(() => {
        const attended = heads.forward(x, { keyPaddingMask, causal: true }).output;
        const read = lstm.forward(attended, { lengths: [4, 2] }).output;
        const states = drop.forward(gelu.forward(norm.forward(gru.forward(read).output)));
        return crossEntropy(output.forward(states), targets, { labelSmoothing: 0.1 });
      }, parameters);
      optimizer.step(gradients);
    });
  }

  function dispose(): void {
    optimizer.dispose();
    for (const module of [heads, lstm, gru, norm, output]) module.dispose();
    tf.dispose([x, targets, keyPaddingMask]);
  }

  return { step, dispose };
}

describe("with guards around every piece of memory", () => {
  let heap: Heap;
  let original: Pick<Heap, "_malloc" | "_free">;
  const sizes = new Map<number, number>();
  let broken: string[] = [];

  beforeEach(async () => {
    await tf.setBackend("wasm");
    heap = (tf.backend() as BackendWasm).wasm as unknown as Heap;
    // Emscripten's functions replace themselves when they are first called.
    heap._free(heap._malloc(1));
    original = { _malloc: heap._malloc, _free: heap._free };
    broken = [];
    heap._malloc = (bytes) => {
      const start = original._malloc(bytes + 2 * GUARD) >>> 0;
      heap.HEAPU8.fill(MARK, start, start + GUARD);
      heap.HEAPU8.fill(MARK, start + GUARD + bytes, start + 2 * GUARD + bytes);
      sizes.set(start + GUARD, bytes);
      return start + GUARD;
    };
    heap._free = (address) => {
      const bytes = sizes.get(address);
      if (bytes === undefined) return original._free(address);
      const before = heap.HEAPU8.subarray(address - GUARD, address);
      const after = heap.HEAPU8.subarray(address + bytes, address + bytes + GUARD);
      if (![...before, ...after].every((byte) => byte === MARK)) broken.push(`${bytes} bytes at ${address}`);
      sizes.delete(address);
      original._free(address - GUARD);
    };
  });

  afterEach(() => {
    expect(sizes.size, "pieces not freed").toBe(0);
    Object.assign(heap, original);
    expect(broken).toEqual([]);
  });

  it("the layers and their gradients leave them unharmed", () => {
    for (const width of [1, 2, 3, 5, 9]) {
      const model = makeModel(width);
      for (let step = 0; step < 3; step++) model.step();
      model.dispose();
    }
  });

  it("the parts of a Transformer's layer and their gradients leave them unharmed", () => {
    for (const width of [1, 3, 5, 9]) {
      for (const normFirst of [true, false]) {
        const options = { dimFeedforward: 7, normFirst, dropout: 0.2, seed: 1 };
        const layer = new TransformerDecoderLayer(width, 1, options);
        tf.tidy(() => {
          const [x, memory] = [tf.randomNormal([2, 3, width]), tf.randomNormal([2, 5, width])];
          tf.grads((x: tf.Tensor, memory: tf.Tensor) => layer.forward(x, memory))([x, memory]);
        });
        layer.dispose();
      }
    }
  });

  it("the steps of a decoder leave them unharmed", async () => {
    for (const width of [1, 3, 5, 9]) {
      const options = { hiddenSize: width, numHeads: 1, numLayers: 2, dimFeedforward: 7, maxLength: 9 };
      const special = { vocabSize: 10 + width, bosTokenId: 2, eosTokenId: 3, seed: 1 };
      const model = new TransformerSeq2Seq({ ...options, ...special }).eval();
      const rules = { numBeams: 3, maxNewTokens: 4, minNewTokens: 4 };
      await generate(toDecoder(model), [[4, 5, 6], [7]], rules);
      model.dispose();
    }
  });

  it("the operations and their gradients leave them unharmed", () => {
    for (let n = 1; n <= 9; n++) {
      tf.tidy(() => {
        const x = tf.randomNormal([n, n + 1]);
        const y = tf.randomNormal([n + 1, 10 - n]);
        for (const transposeA of [false, true]) {
          for (const transposeB of [false, true]) {
            tf.matMul(transposeA ? x.transpose() : x, transposeB ? y.transpose() : y, transposeA, transposeB);
          }
        }
        for (const axis of [0, 1]) {
          tf.sum(x, axis);
          tf.mean(x, axis);
          tf.max(x, axis);
          tf.min(x, axis);
          tf.unstack(x, axis);
          tf.reverse(x, axis);
          tf.concat([x, x], axis);
          tf.stack([x, x], axis);
        }
        for (const f of [tf.exp, tf.tanh, tf.log, tf.erf]) f(x);
        for (const f of [tf.add, tf.sub, tf.mul, tf.div]) {
          for (const shape of [[], [n + 1], [n, 1], [2, n, n + 1], [3, 1, n + 1]]) f(x, tf.ones(shape));
          for (const shape of [[], [n, 1]]) f(tf.ones(shape), x);
        }
        tf.concat([tf.cast(x, "bool"), tf.zeros([n, 1], "bool")], 1);
        tf.tile(x, [2, 3]);
        tf.tile(tf.cast(x, "bool"), [3, 2]);
        const rows = tf.tensor1d([0, n - 1, 0], "int32");
        tf.grad((x: tf.Tensor) => tf.gather(x, rows))(x);
        tf.einsum("ij,jk->ki", x, y);
        tf.grad((x: tf.Tensor) => tf.relu(x))(x);
        const image = tf.randomNormal([1, n + 2, 5, n]) as tf.Tensor4D;
        tf.grads((x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same"))([
          image,
          tf.ones([3, 2, n, 10 - n]),
        ]);
        tf.grads((x: tf.Tensor, w: tf.Tensor) =>
          tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same"),
        )([image, tf.ones([3, 2, n, 2])]);
      });
    }
  });
});

it(
  "four hundred steps of a model, over ten thousand native calls, keep no tensor and no memory",
  { timeout: 30_000 },
  () => {
    const model = makeModel(3);
    const heap = (tf.backend() as BackendWasm).wasm as unknown as Heap;
    for (let step = 0; step < 50; step++) model.step();
    const before = {
      tensors: tf.memory().numTensors,
      data: tf.memory().numDataBuffers,
      bytes: heap.HEAPU8.length,
    };
    for (let step = 0; step < 400; step++) model.step();
    const after = {
      tensors: tf.memory().numTensors,
      data: tf.memory().numDataBuffers,
      bytes: heap.HEAPU8.length,
    };
    expect(after).toEqual(before);
    model.dispose();
  },
);

describe("the builds", () => {
  it.each(Object.keys(BUILDS) as BuildName[])("%s brings no data of its own", async (name) => {
    expect(findSections(await compileSimd(name))).not.toContain(11);
  });

  it.each(Object.keys(BUILDS) as BuildName[])("%s weighs no more than 20 KB compressed", async (name) => {
    expect(gzipSync(await compileSimd(name)).length).toBeLessThan(20 * 1024);
  });

  it("one that does is refused", () => {
    const module = Uint8Array.of(
      0,
      0x61,
      0x73,
      0x6d,
      1,
      0,
      0,
      0,
      5,
      3,
      1,
      0,
      1,
      11,
      7,
      1,
      0,
      0x41,
      0,
      0x0b,
      1,
      42,
    );
    expect(WebAssembly.validate(module)).toBe(true);
    expect(() => checkModule(module, "table.wasm")).toThrow(/table\.wasm has a data section/);
  });
});
