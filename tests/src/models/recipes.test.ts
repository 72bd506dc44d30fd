/** The recipes of the models that the course ships, each run for a moment: `npm run train:models` runs them whole. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadCheckpoint } from "../../../kernels/nlp/train/index.ts";
import { startNodeBackend } from "../../../kernels/simd/node-backend.ts";
import { toFolder, toShipped } from "../../../src/models/folder.ts";
import { RECIPES } from "../../../src/models/recipes.ts";

const notebooks = new URL("../../../notebooks/", import.meta.url);

beforeAll(async () => {
  await startNodeBackend();
  vi.stubGlobal("fetch", async (url: string) => new Response(await readFile(new URL(url, notebooks))));
}, 120_000);

afterAll(() => void vi.unstubAllGlobals());

describe.each(RECIPES.map((recipe) => [recipe.name, recipe] as const))("the recipe of %s", (name, recipe) => {
  it("makes a folder that loads, whose card says what was measured, on what and beside what", async () => {
    const trained = await recipe.train({ small: true });
    const files = await toFolder(recipe, trained, {
      seconds: 12.3,
      command: `npm run train:models -- ${name}`,
    });
    expect([...files.keys()]).toEqual(["model.safetensors", "config.json", "tokenizer.json", "README.md"]);
    const { model, tokenizer, labels } = loadCheckpoint(files);
    expect(model.config).toEqual(trained.model.config);
    expect(tokenizer?.vocabSize).toBe((model.config as { vocabSize?: number }).vocabSize);
    expect(labels).toEqual(trained.labels);

    const card = new TextDecoder().decode(files.get("README.md"));
    const { metric } = trained;
    expect(card).toContain(`pipeline_tag: ${recipe.task}\n`);
    expect(card).toMatch(
      new RegExp(
        `\\| ${metric.name} on ${metric.sentences} test sentences, 95 % interval \\| [\\d.]+ \\[[\\d.]+, [\\d.]+\\] \\|`,
      ),
    );
    expect(card).toContain(`| the same of ${metric.baseline.name} |`);
    expect(card).toContain("| seconds on a CPU | 12 |");
    expect(card).toContain(`| command | npm run train:models -- ${name} |`);
    expect(card).toContain(`await fetchCheckpoint("models/${name}")`);
    expect(toShipped(recipe, trained)).toMatchObject({ name, task: recipe.task });
    for (const { value, low, high } of [metric.score, metric.baseline.score]) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }

    const again = await recipe.train({ small: true });
    const weights = async (from: typeof trained) =>
      (await toFolder(recipe, from, { seconds: 0, command: "" })).get("model.safetensors");
    expect(await weights(again)).toEqual(await weights(trained));
    model.dispose();
    trained.model.dispose();
    again.model.dispose();
  }, 120_000);
});
