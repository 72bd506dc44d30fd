import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test("a model that a cell exports is loaded by Transformers.js in the same kernel, and beams run on it", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun(
    "words",
    `import { AutoModelForSeq2SeqLM, env, Tensor } from "@xenova/transformers"
import { fromTransformersJs, generateText } from "gongbu/decode"
import { toDecoder, type TransformerSeq2Seq } from "gongbu/nn"
import { exportOnnx } from "gongbu/onnx"
import { fetchCheckpoint } from "gongbu/train"
const { model, tokenizer } = await fetchCheckpoint("models/phrasebook-ko-en")
const files = [...await exportOnnx(model, { tokenizer: tokenizer!, quantize: true })]
env.useCustomCache = true
env.customCache = {
  match: async (address: string) => {
    const found = files.find(([path]) => address.endsWith(\`/\${path}\`))
    return found && new Response(found[1] as Uint8Array<ArrayBuffer>)
  },
  put: async () => {},
}
const options = { tokenizer: tokenizer!, numBeams: 4 }
const written: string[] = []
for (const dtype of ["fp32", "q8"] as const) {
  const loaded = fromTransformersJs(await AutoModelForSeq2SeqLM.from_pretrained("own/model", { dtype }), { Tensor })
  written.push(...(await generateText(loaded, ["나는 사과를 먹었어."], options)).texts)
}
const words = await generateText(toDecoder(model as TransformerSeq2Seq), ["나는 사과를 먹었어."], options)
display([...written, words.texts[0]].join(" | "))`,
  );
  await reader.expectState("words", "done");
  await expect(reader.output("words")).toContainText("I ate an apple. | I ate an apple. | I ate an apple.");
});
