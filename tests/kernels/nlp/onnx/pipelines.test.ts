import * as tf from "@tensorflow/tfjs";
import { pipeline } from "@xenova/transformers";
import { describe, expect, it } from "vitest";
import {
  EncoderClassifier,
  EncoderModel,
  MaskedLanguageModel,
  SequenceLabeller,
} from "../../../../kernels/nlp/nn/index.ts";
import { exportOnnx } from "../../../../kernels/nlp/onnx/index.ts";
import { openHubFolder } from "./hub-folder.ts";

await tf.setBackend("cpu");

const WORDS = [
  "[PAD]",
  "[UNK]",
  "[CLS]",
  "[SEP]",
  "[MASK]",
  "나는",
  "오늘",
  "기쁘다",
  "슬프다",
  "비가",
  "온다",
];

/** As `trainWordLevel` would write it. */
const tokenizer = {
  toJSON: () => ({
    version: "1.0",
    added_tokens: WORDS.slice(0, 5).map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: { type: "Whitespace" },
    post_processor: {
      type: "TemplateProcessing",
      single: [
        { SpecialToken: { id: "[CLS]", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: "[SEP]", type_id: 0 } },
      ],
      pair: [],
      special_tokens: {
        "[CLS]": { id: "[CLS]", ids: [2], tokens: ["[CLS]"] },
        "[SEP]": { id: "[SEP]", ids: [3], tokens: ["[SEP]"] },
      },
    },
    decoder: null,
    model: {
      type: "WordLevel",
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
      unk_token: "[UNK]",
    },
  }),
};
const sizes = { vocabSize: WORDS.length, hiddenSize: 16, numLayers: 1, numHeads: 2, maxLength: 16, seed: 5 };
const TEXT = "나는 오늘 기쁘다";
const IDS = [2, 5, 6, 7, 3];

const { put } = openHubFolder();

function inputs(ids = IDS) {
  return { inputIds: tf.tensor2d([ids], undefined, "int32"), attentionMask: tf.onesLike(tf.tensor2d([ids])) };
}

describe("an exported folder in Transformers.js", () => {
  it("classifies a text with the library's probabilities, whole and as int8", async () => {
    const labels = ["기쁨", "슬픔"];
    const model = new EncoderClassifier({ ...sizes, classes: 2 });
    const name = await put("classifier", await exportOnnx(model, { tokenizer, labels, quantize: true }));
    const [first, second] = Array.from(tf.softmax(model.eval().forward(inputs())).dataSync());
    for (const dtype of ["fp32", "q8"] as const) {
      const classify = await pipeline("text-classification", name, { dtype });
      const scores = (await classify(TEXT, { top_k: 2 })) as { label: string; score: number }[];
      const of = (label: string) => scores.find((score) => score.label === label)!.score;
      expect(of("기쁨")).toBeCloseTo(first, dtype === "fp32" ? 4 : 1);
      expect(of("슬픔")).toBeCloseTo(second, dtype === "fp32" ? 4 : 1);
    }
  });

  it("labels its tokens as the library does", async () => {
    const labels = ["O", "B-PER", "B-LOC"];
    const model = new SequenceLabeller({ ...sizes, encoder: "lstm", classes: 3 });
    const name = await put("labeller", await exportOnnx(model, { tokenizer, labels }));
    const label = await pipeline("token-classification", name, { dtype: "fp32" });
    const found = (await label(TEXT, { ignore_labels: [] })) as { entity: string; index: number }[];
    const predicted = model
      .eval()
      .predict(inputs())[0]
      .map((id) => labels[id]);
    expect(found.map(({ entity }) => entity)).toEqual(found.map(({ index }) => predicted[index]));
    expect(found.length).toBeGreaterThanOrEqual(3);
  });

  it("fills its mask as the library does", async () => {
    const model = new MaskedLanguageModel(sizes);
    const name = await put("masked", await exportOnnx(model, { tokenizer }));
    const fill = await pipeline("fill-mask", name, { dtype: "fp32" });
    const [best] = (await fill("나는 [MASK] 기쁘다")) as { token: number; score: number }[];
    const scores = tf.softmax(model.eval().forward(inputs([2, 5, 4, 7, 3]))).slice([0, 2, 0], [1, 1, -1]);
    expect(best.token).toBe(scores.flatten().argMax().dataSync()[0]);
    expect(best.score).toBeCloseTo(scores.max().dataSync()[0], 4);
  });

  it("is made of models with a task alone", async () => {
    const model = new EncoderModel(sizes);
    await expect(exportOnnx(model, { tokenizer })).rejects.toMatchObject({ code: "wrong-option" });
  });

  it("is refused where the labels' number is not the model's", async () => {
    const model = new EncoderClassifier({ ...sizes, classes: 2 });
    await expect(exportOnnx(model, { tokenizer, labels: ["기쁨"] })).rejects.toMatchObject({
      code: "length-mismatch",
    });
  });
});
