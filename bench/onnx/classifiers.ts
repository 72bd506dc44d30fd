/** The classifications that onnx.ts has measured; run in a process of its own. */
import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-web";
import { EncoderClassifier } from "../../kernels/nlp/nn/index.ts";
import { exportOnnx } from "../../kernels/nlp/onnx/index.ts";
import { trainWordLevel } from "../../kernels/nlp/text/index.ts";
import { startBackend, takeTurns, tell, toReads } from "../in-node.ts";
import type { Read } from "../report.ts";

const VOCABULARY = 2000;
const HIDDEN = [64, 128];
const LENGTHS = [16, 64];
const BATCHES = [1, 32];

/** Ids of sentences as long as each other, so that neither side computes for padding. */
interface Sentences {
  readonly ids: Int32Array;
  readonly shape: readonly [batch: number, time: number];
}

type Classify = (sentences: Sentences) => Promise<Float32Array>;

void start();

async function start(): Promise<void> {
  await startBackend();
  ort.env.wasm.numThreads = 1;
  const reads: Read[] = [];
  for (const hiddenSize of HIDDEN) {
    const model = new EncoderClassifier({
      vocabSize: VOCABULARY,
      classes: 4,
      hiddenSize,
      numLayers: 2,
      seed: 1,
    });
    const classifiers = [toClassifier(model.eval() as EncoderClassifier), await toOnnx(model)];
    for (const time of LENGTHS) {
      for (const batch of BATCHES) {
        const sentences = drawSentences([batch, time]);
        const what = `width ${hiddenSize}, ${batch} × ${time} tokens`;
        const [ours, peer] = [await classifiers[0](sentences), await classifiers[1](sentences)];
        if (ours.some((logit, index) => Math.abs(logit - peer[index]) > 1e-3))
          throw new Error(`bench/onnx: ${what}: the two do not say the same.`);
        const times = await takeTurns(
          classifiers.map((classify) => () => classify(sentences)),
          { rounds: 5, turn: 300 },
        );
        reads.push(...toReads(what, times));
      }
    }
  }
  tell(reads);
}

function drawSentences([batch, time]: Sentences["shape"]): Sentences {
  const ids = Int32Array.from(
    { length: batch * time },
    (_, place) => 5 + ((place * 7919) % (VOCABULARY - 5)),
  );
  return { ids, shape: [batch, time] };
}

function toClassifier(model: EncoderClassifier): Classify {
  return async ({ ids, shape }) => {
    const logits = tf.tidy(() => {
      const tensor = (values: Int32Array) => tf.tensor2d(values, [...shape], "int32");
      return model.forward({
        inputIds: tensor(ids),
        attentionMask: tensor(new Int32Array(ids.length).fill(1)),
        tokenTypeIds: tensor(new Int32Array(ids.length)),
      });
    });
    try {
      return (await logits.data()) as Float32Array;
    } finally {
      logits.dispose();
    }
  };
}

async function toOnnx(model: EncoderClassifier): Promise<Classify> {
  // The graph knows nothing of the tokenizer that is written beside it.
  const tokenizer = trainWordLevel(["a"], { template: "bert" });
  const files = await exportOnnx(model, { tokenizer });
  const session = await ort.InferenceSession.create(files.get("onnx/model.onnx")!);
  return async ({ ids, shape }) => {
    const tensor = (values: ArrayLike<number>) =>
      new ort.Tensor("int64", BigInt64Array.from(Array.from(values), BigInt), [...shape]);
    const { logits } = await session.run({
      input_ids: tensor(ids),
      attention_mask: tensor(new Int32Array(ids.length).fill(1)),
      token_type_ids: tensor(new Int32Array(ids.length)),
    });
    return logits.data as Float32Array;
  };
}
