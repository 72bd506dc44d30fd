import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test("a model that a cell saves stands on the shelf, survives the page, is downloaded, removed and brought back", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun(
    "words",
    `import { EmbeddingClassifier } from "gongbu/nn"
import { save, load } from "gongbu/shelf"
const made = new EmbeddingClassifier({ vocabSize: 9, classes: 2, seed: 1 })
await save(made, undefined, "small", { metrics: { accuracy: 0.75 } })
const words = (await load("small")).model.parameterCount()
display("parameters: " + words)`,
  );
  await reader.expectState("words", "done");
  await expect(reader.output("words")).toContainText("parameters: 706");

  await reader.open("01-sentence-classification");
  await page.getByRole("button", { name: "Your models" }).click();
  const shelf = page.getByRole("dialog", { name: "Your models" });
  await expect(shelf).toContainText("small");
  await expect(shelf).toContainText("embedding-classifier");
  await expect(shelf).toContainText("00-notebook");
  await expect(shelf).toContainText("accuracy 0.75");

  const downloading = page.waitForEvent("download");
  await shelf.getByRole("button", { name: "Download small" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("small.zip");
  const zip = await readFile(await download.path());
  await shelf.getByRole("button", { name: "Remove small" }).click();
  await expect(shelf).toContainText("No model yet");

  const file = shelf.locator("input[type=file]");
  await file.setInputFiles({ name: "broken.zip", mimeType: "application/zip", buffer: zip.subarray(0, 200) });
  await expect(shelf.getByRole("alert")).toContainText("unpackCheckpoint");
  await file.setInputFiles({ name: "again.zip", mimeType: "application/zip", buffer: zip });
  await expect(shelf).toContainText("brought by you");
  await expect(shelf.getByRole("alert")).toHaveCount(0);

  await reader.open("00-notebook", "ko");
  await page.getByRole("button", { name: "내 모델" }).click();
  await expect(page.getByRole("dialog", { name: "내 모델" })).toContainText("직접 가져옴");
});
