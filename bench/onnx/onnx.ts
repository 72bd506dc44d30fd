/**
 * The library's encoder as a classifier beside ONNX Runtime's WebAssembly, which Transformers.js brings, on the model that
 * `exportOnnx` has written: from ids to logits, in Node, one thread each.
 */
import { askNode } from "../in-node.ts";
import type { Bench, Read } from "../report.ts";

export async function measureOnnx(): Promise<Bench> {
  return {
    title: "A Transformer classifier of 2 layers, from ids to logits, in Node on one thread",
    peer: "onnxruntime-web",
    reads: await askNode<Read[]>(new URL("classifiers.ts", import.meta.url)),
  };
}
