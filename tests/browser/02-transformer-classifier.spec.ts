import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test.setTimeout(300_000);

test("a reader trains a Transformer, takes its mask away, and rewinds it with one slider", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("02-transformer-classifier");
  await reader.runCell("tokenizer");
  await reader.expectState("tokenizer", "done");
  await reader.runCell("encode");
  await reader.expectState("encode", "done");
  // Fewer epochs than the lecture's own: this is no measurement.
  await reader.writeAndRun(
    "sizes",
    "const epochs = 8\nconst percent = (share: number) => (100 * share).toFixed(1)",
  );
  await reader.runCell("train");
  await reader.expectState("train", "done", { timeout: 180_000 });
  await expect(reader.output("train")).toContainText("Epoch 8 of 8");

  // The heads of both layers, over the sentence's pieces.
  await reader.runCell("heat-map");
  await reader.expectState("heat-map", "done");
  await expect(reader.output("heat-map")).toContainText("[CLS]");

  // The same sentence with padding behind it: another answer without the mask, the old one with it.
  await reader.runCell("padded-bars");
  await reader.expectState("padded-bars", "done");
  await expect(reader.output("padded-bars")).toContainText("12 × [PAD], without the mask");
  await reader.cell("choose-padding").getByRole("switch", { name: "Attention mask" }).click();
  await expect(reader.output("padded-bars")).toContainText("12 × [PAD], with the mask");

  // Nothing is revealed before the bet.
  await reader.expectState("masks-table", "locked");
  await reader.runCell("bet-mask");
  await reader.cell("bet-mask").getByLabel("one in five or more").check();
  await reader.cell("bet-mask").getByRole("button", { name: "Commit my bet" }).click();
  await reader.runCell("masks-table");
  await reader.expectState("masks-table", "done");
  await expect(reader.output("masks-table")).toContainText(/You have (won|lost) your bet/);
  const changed = async () => {
    const cells = await reader
      .output("masks-table")
      .locator("tbody tr")
      .nth(2)
      .locator("td")
      .allTextContents();
    return Number(cells[1]);
  };
  expect(await changed()).toBeGreaterThan(0);

  // Back to the model that has learned nothing: what reads it follows.
  const accuracy = () => reader.output("masks-table").locator("tbody tr").first().locator("td").nth(2);
  const before = Number(await accuracy().textContent());
  await reader.cell("choose-epoch").locator("input[type=range]").fill("0");
  await expect(async () => expect(Number(await accuracy().textContent())).toBeLessThan(before - 5)).toPass({
    timeout: 30_000,
  });
});
