import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test.setTimeout(240_000);

test("a reader trains a translator, steps through its beam tree, bets, and takes a repetition away with a slider", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("07-decoding");
  // Fewer pairs than the lecture's own: this is no measurement.
  await reader.writeAndRun("sizes", "const pairCount = 1500\nconst epochs = 2\nconst testCount = 12");
  await reader.runCell("train");
  await reader.expectState("train", "done", { timeout: 90_000 });
  await reader.runCell("tree");
  await reader.expectState("tree", "done");
  const tree = reader.output("tree").locator("figure, [role=figure], .beam-tree").first();
  await expect(tree).toBeVisible();

  // A wider beam searches anew, in the same place.
  await reader.runCell("tree-words");
  await expect(reader.output("tree-words")).toContainText("Beam 3");
  await reader.cell("width").locator("input[type=range]").fill("5");
  await expect(reader.output("tree-words")).toContainText("Beam 5", { timeout: 15_000 });

  // Nothing is revealed before the bet.
  await reader.expectState("beam-verdict", "locked");
  await reader.runCell("bet-beam");
  await reader.cell("bet-beam").getByLabel("within 0.5").check();
  await reader.cell("bet-beam").getByRole("button", { name: "Commit my bet" }).click();
  await reader.runCell("beam-verdict");
  await reader.expectState("beam-verdict", "done");
  await expect(reader.output("beam-verdict")).toContainText(/You have (won|lost) your bet/);

  await reader.writeAndRun("story-sizes", "const storyEpochs = 2\nconst storyCount = 400");
  await reader.runCell("train-storyteller");
  await reader.expectState("train-storyteller", "done", { timeout: 90_000 });
  await reader.runCell("unstuck");
  await expect(reader.output("unstuck")).toContainText("3 with it");
  await reader.cell("ngram-size").locator("input[type=range]").fill("2");
  await expect(reader.output("unstuck")).toContainText("1 with it", { timeout: 15_000 });
});
