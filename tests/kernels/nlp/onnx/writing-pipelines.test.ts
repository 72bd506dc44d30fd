import * as tf from "@tensorflow/tfjs";
import { AutoModelForSeq2SeqLM, AutoTokenizer, pipeline, type Tensor } from "@xenova/transformers";
import { describe, expect, it } from "vitest";
import { generate, generateText } from "gongbu/decode";
import { TransformerSeq2Seq, toDecoder } from "gongbu/nn";
import { exportOnnx } from "gongbu/onnx";
import { openHubFolder } from "./hub-folder.ts";
import {
  both,
  english,
  ENGLISH,
  korean,
  KOREAN,
  teachPairs,
  teachRecurrent,
  teachTranslator,
  teachWriter,
} from "./taught.ts";

await tf.setBackend("cpu");

const { put } = openHubFolder();
const NEW = 9;
const beginnings = ["나는 오늘", "검은", "비가"];

type Written = { generated_text: string }[];
type Translated = { translation_text: string }[];

/** The rows of what Transformers.js's `generate` returns. */
function rowsOf(sequences: unknown): number[][] {
  return ((sequences as Tensor).tolist() as bigint[][]).map((row) => row.map(Number));
}

describe("a causal language model in Transformers.js", () => {
  const shapes = [
    { positions: "learned" },
    { positions: "rotary", normFirst: false, activation: "gelu" },
    { positions: "none", numHeads: 1, numLayers: 1 },
  ] as const;
  it.each(shapes)("writes what greedy search writes (%j)", async (shape) => {
    const model = teachWriter(shape);
    const name = await put(`writer-${shape.positions}`, await exportOnnx(model, { tokenizer: both }));
    const write = await pipeline("text-generation", name, { dtype: "fp32" });
    const options = { tokenizer: both, maxNewTokens: NEW };
    const { texts } = await generateText(toDecoder(model), beginnings, options);
    for (const [index, beginning] of beginnings.entries()) {
      const [{ generated_text: text }] = (await write(beginning, { max_new_tokens: NEW })) as Written;
      expect(text).toBe(`${beginning} ${texts[index]}`);
      expect(text).toBe(KOREAN[index]);
    }
    model.dispose();
  });

  it("goes on from prompts of different lengths together, padded in front, whole and as int8", async () => {
    const model = teachWriter();
    const name = await put("writers", await exportOnnx(model, { tokenizer: both, quantize: true }));
    const prompts = beginnings.map((text) => both.encode(text, { addSpecialTokens: false }));
    const { outputs } = await generate(toDecoder(model), prompts, { maxNewTokens: NEW });
    for (const dtype of ["fp32", "q8"] as const) {
      const { tokenizer, model: loaded } = await pipeline("text-generation", name, { dtype });
      tokenizer.padding_side = "left";
      const inputs = tokenizer([...beginnings], { padding: true, add_special_tokens: false });
      const width = inputs.input_ids.dims[1];
      const rows = rowsOf(await loaded.generate({ ...inputs, max_new_tokens: NEW }));
      for (const [index, { hypotheses }] of outputs.entries()) {
        const [{ tokens }] = hypotheses;
        // Transformers.js goes on with a row that has ended until all have.
        expect(rows[index].slice(width, width + tokens.length)).toEqual(tokens);
      }
    }
    model.dispose();
  });
});

describe("an encoder–decoder in Transformers.js", () => {
  const shapes = [
    { positions: "learned" },
    { positions: "rotary", normFirst: false, activation: "gelu" },
    { positions: "sinusoidal", numHeads: 1, numLayers: 1 },
  ] as const;
  it.each(shapes)("translates as greedy search does (%j)", async (shape) => {
    const model = teachTranslator(shape);
    const name = await put(`translator-${shape.positions}`, await exportOnnx(model, { tokenizer: both }));
    const translate = await pipeline("translation", name, { dtype: "fp32" });
    const { texts } = await generateText(toDecoder(model), KOREAN, { tokenizer: both, maxNewTokens: NEW });
    expect(texts).toEqual(ENGLISH);
    for (const [index, source] of KOREAN.entries()) {
      const [{ translation_text: text }] = (await translate(source, { max_new_tokens: NEW })) as Translated;
      expect(text).toBe(texts[index]);
    }
    const together = (await translate([...KOREAN], { max_new_tokens: NEW })) as Translated;
    together.forEach(({ translation_text: text }, index) => expect(text.startsWith(texts[index])).toBe(true));
    model.dispose();
  });

  const cells = [
    { cell: "gru", attention: "additive" },
    { cell: "lstm", attention: "dot" },
    { cell: "rnn", attention: "none", bidirectional: false },
  ] as const;
  it.each(cells)("of recurrent layers translates as greedy search does (%j)", async (shape) => {
    const model = teachRecurrent(shape);
    const files = await exportOnnx(model, { tokenizer: both, quantize: true });
    const name = await put(`recurrent-${shape.cell}`, files);
    const { texts } = await generateText(toDecoder(model), KOREAN, { tokenizer: both, maxNewTokens: NEW });
    expect(texts).toEqual(ENGLISH);
    for (const dtype of ["fp32", "q8"] as const) {
      const translate = await pipeline("translation", name, { dtype });
      for (const [index, source] of KOREAN.entries()) {
        const [{ translation_text: text }] = (await translate(source, { max_new_tokens: NEW })) as Translated;
        expect(text).toBe(texts[index]);
      }
    }
    model.dispose();
  });

  it("brings the tokenizer of its output where it has two vocabularies, and int8 weights", async () => {
    const [vocabSize, targetVocabSize] = [korean.vocabSize, english.vocabSize];
    const special = {
      bosTokenId: english.bosTokenId!,
      eosTokenId: english.eosTokenId!,
      seed: 2,
      hiddenSize: 16,
      numLayers: 1,
    };
    const model = new TransformerSeq2Seq({ vocabSize, targetVocabSize, ...special, dropout: 0 });
    await expect(exportOnnx(model, { tokenizer: korean })).rejects.toMatchObject({ code: "wrong-option" });
    teachPairs(model, { source: korean, target: english });
    const files = await exportOnnx(model, { tokenizer: korean, targetTokenizer: english, quantize: true });
    const name = await put("two-vocabularies", files);
    const tokenizer = await AutoTokenizer.from_pretrained(name);
    const targetTokenizer = await AutoTokenizer.from_pretrained(`${name}/target`);
    for (const dtype of ["fp32", "q8"] as const) {
      const loaded = await AutoModelForSeq2SeqLM.from_pretrained(name, { dtype });
      const [ids] = rowsOf(await loaded.generate({ ...tokenizer(KOREAN[1]), max_new_tokens: NEW }));
      expect(targetTokenizer.decode(ids, { skip_special_tokens: true })).toBe(ENGLISH[1]);
    }
    model.dispose();
  });
});
