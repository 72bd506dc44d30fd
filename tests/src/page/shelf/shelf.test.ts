import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { readModelZip, toName } from "../../../../src/page/shelf/model-zip.ts";
import { createShelf } from "../../../../src/page/shelf/shelf.ts";
import { createMemoryStore } from "../../../../src/storage/index.ts";

const about = { name: "tagger", modelType: "sequence-labeller", metrics: { f1: 0.8 } };
const createTestShelf = () =>
  createShelf({ lecture: "04-x", store: Promise.resolve(createMemoryStore()), getDate: () => 7 });

/** A header of two bytes, `{}`, and no tensor. */
const weights = Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d);

function zipFile(files: Record<string, Uint8Array>, name = "my model.zip"): File {
  return new File([zipSync(files) as Uint8Array<ArrayBuffer>], name);
}

test("a cell keeps a model and gets it back; the list says where it comes from", async () => {
  const shelf = createTestShelf();
  const zip = new Uint8Array([1, 2]).buffer;
  const summary = { ...about, lecture: "04-x", bytes: 2, time: 7 };
  expect(await shelf.answer({ kind: "save-model", about, zip })).toEqual(summary);
  expect(shelf.list.value).toEqual([summary]);
  expect(await shelf.answer({ kind: "list-models" })).toEqual([summary]);
  expect(await shelf.answer({ kind: "load-model", name: "tagger" })).toEqual(zip);
  expect(await shelf.answer({ kind: "load-model", name: "other" })).toBeUndefined();
  await shelf.remove("tagger");
  expect(shelf.list.value).toEqual([]);
  await expect(shelf.getZip("tagger")).rejects.toThrow("tagger");
});

test("a zip that the reader brings is checked, named after the file, and comes from no lecture", async () => {
  const shelf = createTestShelf();
  const files = { "model.safetensors": weights, "config.json": strToU8('{"modelType":"encoder"}') };
  const brought = await readModelZip(zipFile(files), "en");
  expect(brought.about).toEqual({ name: "my-model", modelType: "encoder", metrics: {} });
  await shelf.add(brought.about, brought.zip);
  expect(shelf.list.value?.[0]).not.toHaveProperty("lecture");
  const broken = { ...files, "model.safetensors": weights.slice(0, 9) };
  await expect(readModelZip(zipFile(broken), "en")).rejects.toThrow("cut short");
  await expect(readModelZip(zipFile(broken), "ko")).rejects.toThrow("잘렸거나");
});

test("a file's name becomes a model's", () => {
  expect(["감정 분류.zip", "../x.ZIP", "-.zip", "a".repeat(99)].map(toName)).toEqual([
    "감정-분류",
    "x",
    "model",
    "a".repeat(80),
  ]);
});
