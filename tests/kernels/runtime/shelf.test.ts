import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runNotebook } from "../../../src/cli/run-notebook.ts";

const lecture = (cells: Record<string, string>) =>
  `---\ntitle: T\n---\n\n# T\n\n${Object.entries(cells)
    .map(([id, code]) => `\`\`\`ts {id=${id}}\n${code}\n\`\`\`\n`)
    .join("\n")}`;

const train = `import { EmbeddingClassifier } from "gongbu/nn"
import { trainWordPiece } from "gongbu/text"
import { listModels, load, save } from "gongbu/shelf"
const tokenizer = trainWordPiece(["나는 기쁘다", "비가 온다"], { vocabSize: 40, minFrequency: 1 })
const model = new EmbeddingClassifier({ vocabSize: tokenizer.vocabSize, classes: 2, seed: 1 })
const saved = await save(model, tokenizer, "기쁨", { metrics: { accuracy: 0.5 }, labels: ["a", "b"] })`;

const use = `import { load, listModels } from "gongbu/shelf"
const { model, tokenizer, labels } = await load("기쁨")
const ids = tokenizer.encode("나는 기쁘다").ids
const list = await listModels()
const count = model.parameterCount()`;

async function run(cells: Record<string, string>, models?: string) {
  const folder = await mkdtemp(join(tmpdir(), "gongbu-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "lesson.md");
  await writeFile(path, lecture(cells));
  const { cells: results } = await runNotebook({ path, models });
  return results;
}

it("a cell saves a model, and another lecture loads it from the same folder", async () => {
  const models = await mkdtemp(join(tmpdir(), "gongbu-models-"));
  onTestFinished(() => rm(models, { recursive: true }));
  const [saved] = await run({ train }, models);
  expect(saved.error).toBeUndefined();
  expect((saved.value as { saved: object }).saved).toMatchObject({
    name: "기쁨",
    modelType: "embedding-classifier",
    metrics: { accuracy: 0.5 },
  });
  expect(await readdir(models)).toEqual(["기쁨"]);
  expect((await readdir(join(models, "기쁨"))).sort()).toEqual([
    "README.md",
    "about.json",
    "config.json",
    "model.safetensors",
    "tokenizer.json",
  ]);
  const [loaded] = await run({ use }, models);
  expect(loaded.error).toBeUndefined();
  expect(loaded.value).toMatchObject({ labels: ["a", "b"], list: [{ name: "기쁨" }] });
});

it("without a folder a model lives as long as the run, and a name that is not kept says which are", async () => {
  const [, missing, named] = await run({
    train,
    missing: `const order = saved.name\nawait load("슬픔")`,
    named: `const first = saved.name\nawait save(model, tokenizer, "../up")`,
  });
  expect(missing.error).toMatchObject({ code: "missing-file" });
  expect(JSON.stringify(missing.error?.text)).toContain("기쁨");
  expect(named.error).toMatchObject({ code: "wrong-option" });
});

it("a name that is not kept, but is that of a model that the course ships, says how that one is loaded", async () => {
  const [asked, fetched] = await run({
    asked: `import { load } from "gongbu/shelf"\nawait load("emotion-ko")`,
    fetched: `import { fetchCheckpoint } from "gongbu/train"\nconst { labels } = await fetchCheckpoint("models/emotion-ko")`,
  });
  expect(asked.error).toMatchObject({
    code: "missing-file",
    text: {
      en: expect.stringContaining('await fetchCheckpoint("models/emotion-ko")') as string,
      ko: expect.stringContaining('await fetchCheckpoint("models/emotion-ko")') as string,
    },
  });
  expect(fetched.value).toMatchObject({ labels: ["joy", "sadness", "anger", "fear"] });
});
