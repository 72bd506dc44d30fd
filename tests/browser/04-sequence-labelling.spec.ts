import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test.setTimeout(300_000);

test("a Korean reader changes the scheme, bets, trains a tagger and sees its errors on a phone", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const reader = createReader(page);
  await reader.open("04-sequence-labelling", "ko");
  await reader.runCell("choose-language");
  await reader.expectState("choose-language", "done");
  await reader.cell("choose-language").getByLabel("한국어").check();

  // One scheme tells neighbors apart, the other does not.
  await reader.runCell("side-by-side");
  await expect(reader.output("side-by-side")).toContainText("제대로 두 사람입니다.");
  await reader.runCell("choose-scheme");
  await reader.cell("choose-scheme").getByLabel("IO", { exact: true }).check();
  await expect(reader.output("side-by-side")).toContainText("두 사람이 한 사람이 되었습니다");

  await reader.runCell("bet-nothing");
  await reader.cell("bet-nothing").getByLabel("70 % 초과").check();
  await reader.cell("bet-nothing").getByRole("button", { name: "내기 확정" }).click();
  await reader.runCell("nothing");
  await reader.expectState("nothing", "done");
  await expect(reader.output("nothing")).toContainText("개체 F1은 0.0 %");
  await expect(reader.output("nothing")).toContainText("내기에서 이겼습니다");

  // Fewer epochs than the lecture's own: this is no measurement.
  await reader.writeAndRun(
    "sizes",
    "const posSize = 300\nconst posEpochs = 1\nconst entityEpochs = 4\nconst maxSentences = 200",
  );
  for (const id of ["train-first", "train-all", "train-characters", "train-transformer"]) {
    await reader.runCell(id);
    await reader.expectState(id, "done", { timeout: 120_000 });
  }
  await reader.runCell("entity-table");
  await reader.expectState("entity-table", "done", { timeout: 60_000 });
  await expect(reader.output("entity-table").locator("tbody tr")).toHaveCount(5);
  await reader.runCell("errors");
  await reader.expectState("errors", "done");
  await expect(reader.output("errors")).toContainText("정답");

  await reader.runCell("trellis");
  await reader.expectState("trellis", "done", { timeout: 30_000 });
  // A file of the reader's own.
  await reader.runCell("own-data");
  await expect(reader.output("own-data")).toContainText("아직 파일이 없습니다");
  const line = (word: string, label: string) => `${word}\t${label}\n`;
  const sentence = (name: string) => `${line(name, "B-PER")}${line("잔다", "O")}${line(".", "O")}\n`;
  const names = ["미나", "준호", "서연", "하늘", "지우", "도윤", "은지", "태호", "소라", "민재"];
  await reader
    .cell("choose-file")
    .locator("input[type=file]")
    .setInputFiles({
      name: "mine.conll",
      mimeType: "text/plain",
      buffer: Buffer.from(names.map(sentence).join("") + names.map(sentence).join("")),
    });
  await expect(reader.output("own-data")).toContainText("문장 20개(conll)");
  await reader.runCell("train-own");
  await reader.expectState("train-own", "done", { timeout: 60_000 });
  await reader.runCell("own-results");
  await expect(reader.output("own-results").locator("tbody tr")).toHaveCount(2);

  // The page is no wider than the phone.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
