import { expect, test } from "vitest";
import { createMemoryStore, type ModelRow } from "../../../src/storage/index.ts";

const row = (name: string, time: number): ModelRow => ({
  name,
  modelType: "encoder-classifier",
  metrics: { accuracy: 0.6 },
  bytes: 3,
  time,
  zip: new Uint8Array([1, 2, 3]).buffer,
});

test("models are kept by name, listed from the newest without their bytes, replaced and removed", async () => {
  const { models } = createMemoryStore();
  await models.save(row("a", 1));
  await models.save(row("b", 2));
  const list = await models.list();
  expect(list.map(({ name }) => name)).toEqual(["b", "a"]);
  expect(list[0]).not.toHaveProperty("zip");
  await models.save(row("a", 3));
  expect((await models.list()).map(({ name, time }) => [name, time])).toEqual([
    ["a", 3],
    ["b", 2],
  ]);
  expect(new Uint8Array((await models.get("b"))!.zip)).toEqual(new Uint8Array([1, 2, 3]));
  await models.remove("b");
  expect(await models.get("b")).toBeUndefined();
});
