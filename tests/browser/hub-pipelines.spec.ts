import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import * as tf from "@tensorflow/tfjs";
import { generate } from "../../kernels/nlp/decode/index.ts";
import {
  CausalLanguageModel,
  EncoderClassifier,
  MaskedLanguageModel,
  toDecoder,
  type SequenceLabeller,
  type TransformerSeq2Seq,
} from "../../kernels/nlp/nn/index.ts";
import { exportOnnx, type HubFiles } from "../../kernels/nlp/onnx/index.ts";
import { loadCheckpoint, toTokenInput, type LoadedCheckpoint } from "../../kernels/nlp/train/index.ts";
import { trainWordPiece } from "../../kernels/nlp/text/index.ts";
import { createReader } from "./reader.ts";

const texts = {
  feeling: "I was so happy that I cried.",
  names: "박미나는 부산에서 태어났다.",
  korean: "나는 사과를 먹었어.",
};
const beginning = "i was so";

/** What the library itself says, to be found again in the browser. */
interface Expected {
  /** By the model's name, flat: of the text's tokens, and of the translator's, `[begin]` and the translation's first two. */
  readonly logits: Readonly<Record<string, readonly number[]>>;
  readonly translationStart: readonly number[];
  readonly feeling: string;
  readonly labels: readonly string[];
  readonly masked: number;
  readonly written: string;
  readonly translation: string;
}

let hub: Server;
let expected: Expected;

test.beforeAll(async () => {
  await tf.setBackend("cpu");
  const models = new Map<string, HubFiles>();
  const tokenizer = trainWordPiece([texts.feeling, beginning, "a sad day", "fear of the dark"], {
    vocabSize: 120,
    template: "bert",
  });
  const names = openShipped("ner-ko");
  const translator = openShipped("phrasebook-ko-en");
  const sizes = { vocabSize: tokenizer.vocabSize, hiddenSize: 16, numLayers: 1, numHeads: 2, seed: 3 };
  const classifier = new EncoderClassifier({ ...sizes, classes: 3 });
  const feelings = ["joy", "sadness", "fear"];
  const masked = new MaskedLanguageModel(sizes);
  const writer = new CausalLanguageModel({ ...sizes, eosTokenId: tokenizer.sepTokenId! });

  models.set("feeling", await exportOnnx(classifier, { tokenizer, labels: feelings }));
  models.set("names", await exportOnnx(names.model, { tokenizer: names.tokenizer!, labels: names.labels }));
  models.set("masked", await exportOnnx(masked, { tokenizer }));
  models.set("writer", await exportOnnx(writer, { tokenizer }));
  models.set("translator", await exportOnnx(translator.model, { tokenizer: translator.tokenizer! }));
  hub = createServer(({ url = "" }, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    // The hub's layout: /OWNER/MODEL/resolve/REVISION/FILE
    const [, name = "", path = ""] = /^\/course\/([a-z]+)\/resolve\/main\/(.+)$/.exec(url) ?? [];
    const bytes = models.get(name)?.get(path);
    response.statusCode = bytes ? 200 : 404;
    response.end(bytes);
  });
  await new Promise<void>((resolve) => void hub.listen(0, "127.0.0.1", resolve));

  const logits = classifier.eval().forward(toTokenInput([tokenizer.encode(texts.feeling)]));
  // A CRF is no part of the graph: each token's own best label.
  const labelIds = (names.model as SequenceLabeller)
    .eval()
    .forward(toTokenInput([names.tokenizer!.encode(texts.names)]))
    .argMax(-1)
    .dataSync();
  const hidden = tokenizer.encode(`${beginning} [MASK].`).ids;
  const place = hidden.indexOf(tokenizer.maskTokenId!);
  const guesses = (masked.eval().forward(toTokenInput([hidden])) as tf.Tensor).slice(
    [0, place, 0],
    [1, 1, -1],
  );
  const prompt = tokenizer.encode(beginning, { addSpecialTokens: false }).ids;
  const written = await generate(toDecoder(writer), [prompt], { maxNewTokens: 6 });
  const source = translator.tokenizer!.encode(texts.korean).ids;
  const translated = await generate(toDecoder(translator.model as TransformerSeq2Seq), [source], {
    maxNewTokens: 20,
  });
  const translationStart = [
    (translator.model as TransformerSeq2Seq).config.bosTokenId,
    ...translated.outputs[0].hypotheses[0].tokens.slice(0, 2),
  ];
  const ofTranslator = (translator.model as TransformerSeq2Seq).eval().forward({
    ...toTokenInput([source]),
    decoderInputIds: tf.tensor2d([translationStart], undefined, "int32"),
  });
  const ofNames = (names.model as SequenceLabeller)
    .eval()
    .forward(toTokenInput([names.tokenizer!.encode(texts.names)]));
  const flat = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
  expected = {
    translationStart,
    logits: {
      feeling: flat(logits),
      names: flat(ofNames),
      masked: flat(masked.forward(toTokenInput([hidden])) as tf.Tensor),
      writer: flat(writer.eval().forward(toTokenInput([prompt]))),
      translator: flat(ofTranslator),
    },
    feeling: feelings[logits.argMax(-1).dataSync()[0]],
    labels: Array.from(labelIds, (id) => names.labels![id]),
    masked: guesses.flatten().argMax().dataSync()[0],
    written: tokenizer.decode([...prompt, ...written.outputs[0].hypotheses[0].tokens], {
      skipSpecialTokens: true,
    }),
    translation: translator.tokenizer!.decode(translated.outputs[0].hypotheses[0].tokens, {
      skipSpecialTokens: true,
    }),
  };
});

test.afterAll(() => new Promise((resolve) => hub.close(resolve)));

test("Transformers.js runs five pipelines on exported folders, from a server in the hub's layout, with the library's own numbers", async ({
  page,
}) => {
  const host = `127.0.0.1:${(hub.address() as AddressInfo).port}`;
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun(
    "words",
    `(await (await fetch("http://${host}/course/feeling/resolve/main/config.json")).json())`,
  );
  await page
    .locator('[data-kind="host-refused"]')
    .getByRole("button", { name: `Allow ${host}` })
    .click();
  await reader.writeAndRun(
    "words",
    `import { env, pipeline } from "@xenova/transformers"
env.remoteHost = "http://${host}/"
env.allowLocalModels = false
const options = { dtype: "fp32" } as const
const feeling = await (await pipeline("text-classification", "course/feeling", options))(${JSON.stringify(texts.feeling)})
const names = await (await pipeline("token-classification", "course/names", options))(${JSON.stringify(texts.names)}, { ignore_labels: [] })
const masked = await (await pipeline("fill-mask", "course/masked", options))(${JSON.stringify(`${beginning} [MASK].`)})
const written = await (await pipeline("text-generation", "course/writer", options))(${JSON.stringify(beginning)}, { max_new_tokens: 6 })
const translated = await (await pipeline("translation", "course/translator", options))(${JSON.stringify(texts.korean)}, { max_new_tokens: 20 })
display("\\n" + JSON.stringify({ feeling, names, masked, written, translated }))`,
  );
  await expect(reader.output("words")).toContainText("translation_text", { timeout: 90_000 });
  const found = JSON.parse((await reader.output("words").textContent())!.trim()) as {
    feeling: { label: string }[];
    names: { entity: string; index: number }[];
    masked: { token: number }[];
    written: { generated_text: string }[];
    translated: { translation_text: string }[];
  };
  expect(found.feeling[0].label).toBe(expected.feeling);
  expect(found.names.length).toBeGreaterThan(3);
  for (const { entity, index } of found.names) expect(entity).toBe(expected.labels[index]);
  expect(found.masked[0].token).toBe(expected.masked);
  expect(found.written[0].generated_text).toBe(expected.written);
  expect(found.translated[0].translation_text).toBe(expected.translation);

  await reader.writeAndRun(
    "words",
    `import * as hub from "@xenova/transformers"
hub.env.remoteHost = "http://${host}/"
hub.env.allowLocalModels = false
const inputs = {
  feeling: ["SequenceClassification", ${JSON.stringify(texts.feeling)}],
  names: ["TokenClassification", ${JSON.stringify(texts.names)}],
  masked: ["MaskedLM", ${JSON.stringify(`${beginning} [MASK].`)}],
  writer: ["CausalLM", ${JSON.stringify(beginning)}],
  translator: ["Seq2SeqLM", ${JSON.stringify(texts.korean)}],
} as const
const start = BigInt64Array.from(${JSON.stringify(expected.translationStart)}, BigInt)
const logits: Record<string, number[]> = {}
for (const [name, [task, text]] of Object.entries(inputs)) {
  const tokenizer = await hub.AutoTokenizer.from_pretrained("course/" + name)
  const model = await hub[\`AutoModelFor\${task}\`].from_pretrained("course/" + name, { dtype: "fp32" })
  const given = await tokenizer(text, { add_special_tokens: name !== "writer" })
  if (name === "translator") given.decoder_input_ids = new hub.Tensor("int64", start, [1, start.length])
  logits[name] = Array.from((await model(given)).logits.data as Float32Array)
}
display("\\n" + JSON.stringify({ logits }))`,
  );
  await expect(reader.output("words")).toContainText('"translator":', { timeout: 90_000 });
  const { logits } = JSON.parse((await reader.output("words").textContent())!.trim()) as {
    logits: Record<string, number[]>;
  };
  for (const [name, numbers] of Object.entries(expected.logits)) {
    expect(logits[name], name).toHaveLength(numbers.length);
    const worst = Math.max(...numbers.map((number, i) => Math.abs(number - logits[name][i])));
    expect(worst, `the largest difference of a logit of ${name}`).toBeLessThan(1e-4);
  }
});

function openShipped(name: string): LoadedCheckpoint {
  const folder = fileURLToPath(new URL(`../../public/models/${name}/`, import.meta.url));
  return loadCheckpoint(
    new Map(readdirSync(folder).map((file) => [file, new Uint8Array(readFileSync(folder + file))])),
  );
}
