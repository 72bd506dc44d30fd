/** Models that Hugging Face's own library has exported, held to what its `generate` finds (tests/reference/hub.py). */
import { fileURLToPath } from "node:url";
import { AutoModelForCausalLM, AutoModelForSeq2SeqLM, env, Tensor } from "@xenova/transformers";
import { fromTransformersJs, generate, type NextTokenModel, type SourceInput } from "gongbu/decode";
import { beforeAll, describe, expect, it } from "vitest";
import expected from "../../../reference/hub/expected.json" with { type: "json" };

const LOADERS = { gpt2: AutoModelForCausalLM, marian: AutoModelForSeq2SeqLM };

beforeAll(() => {
  env.allowRemoteModels = false;
  env.localModelPath = fileURLToPath(new URL("../../../reference/hub/", import.meta.url));
});

describe.each(["gpt2", "marian"] as const)("an exported %s", (name) => {
  const cases = expected[name];
  const inputs = cases.map(({ input }) => input);
  let model: NextTokenModel<SourceInput>;
  beforeAll(async () => {
    const loaded = await LOADERS[name].from_pretrained(name, { dtype: "fp32" });
    model = fromTransformersJs(loaded, { Tensor });
  });

  it("writes greedily what transformers writes, alone and together with others", async () => {
    const together = await generate(model, inputs, { maxNewTokens: 9 });
    for (const [index, { input, greedy }] of cases.entries()) {
      const alone = await generate(model, [input], { maxNewTokens: 9 });
      expect(alone.outputs[0].hypotheses[0].tokens).toEqual(greedy);
      expect(together.outputs[index].hypotheses[0].tokens).toEqual(greedy);
    }
  });

  it("finds with four beams what transformers finds, with its scores", async () => {
    const options = { numBeams: 4, numReturnSequences: 4, lengthPenalty: 0.7, maxNewTokens: 9 };
    const { outputs } = await generate(model, inputs, options);
    for (const [index, { beams }] of cases.entries()) {
      const { hypotheses } = outputs[index];
      expect(hypotheses.map(({ tokens }) => tokens)).toEqual(beams.map(({ tokens }) => tokens));
      hypotheses.forEach(({ score }, place) => expect(score).toBeCloseTo(beams[place].score, 3));
    }
  });
});
