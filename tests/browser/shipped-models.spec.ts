import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test("without a network a pipeline of Transformers.js names the course's own models, and a cell loads one of them", async ({
  page,
}) => {
  await page.route(/huggingface\.co/, (route) => route.abort("internetdisconnected"));
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun(
    "words",
    `import { pipeline } from "@xenova/transformers"
const words = await pipeline("token-classification", "Xenova/some-model")
display(words)`,
  );
  await reader.expectState("words", "failed");
  await expect(reader.output("words")).toContainText('await fetchCheckpoint("models/ner-ko")');
  await expect(reader.output("words")).toContainText("huggingface.co could not be reached");

  await reader.writeAndRun(
    "words",
    `import { generateText } from "gongbu/decode"
import { toDecoder, type TransformerSeq2Seq } from "gongbu/nn"
import { fetchCheckpoint } from "gongbu/train"
const { model, tokenizer } = await fetchCheckpoint("models/phrasebook-ko-en")
const words = await generateText(toDecoder(model as TransformerSeq2Seq), ["나는 사과를 먹었어."], { tokenizer: tokenizer! })
display(words.texts[0])`,
  );
  await reader.expectState("words", "done");
  await expect(reader.output("words")).toContainText("I ate an apple.");
});
