import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { modules } from "../../../../kernels/runtime/bundles/transformers.ts";
import { shippedModels } from "../../../../kernels/runtime/shelf/index.ts";

type Transformers = typeof import("@xenova/transformers");

const { AutoTokenizer, env, pipeline } = modules["@xenova/transformers"] as Transformers;
const root = new URL("../../../../public/", import.meta.url);

/** Whether the hub answers at all, and whether the course has models of its own. */
let world = { hub: "away", ships: true };

beforeEach(() => {
  world = { hub: "away", ships: true };
  env.useFSCache = false;
  env.allowLocalModels = false;
  vi.stubGlobal("fetch", async (url: string) => {
    if (String(url) === "models/index.json")
      return world.ships
        ? new Response(await readFile(new URL(url, root)))
        : new Response(null, { status: 404 });
    if (world.hub === "away") throw new TypeError("fetch failed");
    return new Response(null, { status: 404 });
  });
});

afterEach(() => void vi.unstubAllGlobals());

it("a pipeline whose model cannot be fetched for want of a network names the shipped models of the same task", async () => {
  const error = await pipeline("sentiment-analysis", "Xenova/some-model").catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: "missing-file",
    text: {
      en: expect.stringMatching(
        /huggingface\.co could not be reached.*"models\/emotion-ko" \(accuracy [\d.]+\), "models\/emotion-en".*fetchCheckpoint\("models\/emotion-ko"\)/,
      ) as string,
      ko: expect.stringMatching(/연결할 수 없어.*강좌의 작은 모델: "models\/emotion-ko"/) as string,
    },
    cause: { message: "fetch failed" },
  });
  expect((error as Error).message).not.toContain("phrasebook");
});

it("where no shipped model does the task, or the task is not known, all are named", async () => {
  const found = await Promise.all([
    pipeline("summarization", "Xenova/some-model").catch((error: Error) => error.message),
    AutoTokenizer.from_pretrained("Xenova/some-model").catch((error: Error) => error.message),
  ]);
  for (const message of found) {
    expect(message).toContain('"models/emotion-ko"');
    expect(message).toContain('"models/phrasebook-en-ko"');
  }
});

it("a copy of the course that ships no models says so", async () => {
  world.ships = false;
  await expect(pipeline("translation", "Xenova/some-model")).rejects.toThrow(/ships no models of its own/);
  expect(await shippedModels()).toEqual([]);
});

it("a hub that answers that there is no such model is no want of a network", async () => {
  world.hub = "there";
  await expect(pipeline("translation", "Xenova/some-model")).rejects.toThrow(/Could not locate file/);
});

it("the models are listed by the names that pipelines have for their tasks", async () => {
  expect((await shippedModels({ task: "ner" })).map(({ name }) => name)).toEqual(["ner-ko"]);
  expect((await shippedModels({ task: "translation_ko_to_en" })).map(({ name }) => name)).toEqual([
    "phrasebook-ko-en",
    "phrasebook-en-ko",
  ]);
});
