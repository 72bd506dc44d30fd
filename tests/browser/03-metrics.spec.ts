import { readFileSync } from "node:fs";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { createReader, type Reader } from "./reader.ts";

const lecture = "03-metrics";
const trainingTime = { timeout: 120_000 };

test.describe.configure({ timeout: 300_000 });

/** The code of a cell as it stands in the lecture's file. */
function codeOf(id: string): string {
  const file = readFileSync(new URL(`../../notebooks/${lecture}.md`, import.meta.url), "utf8");
  return new RegExp(`\`\`\`ts \\{id=${id}[^\\n]*\\n([^]*?)\`\`\``).exec(file)![1];
}

async function commitBet(reader: Reader, id: string, choice: number): Promise<void> {
  await reader.cell(id).scrollIntoViewIfNeeded();
  await reader.cell(id).getByRole("radio").nth(choice).check();
  await reader.cell(id).getByRole("button", { name: "Commit my bet" }).click();
}

async function press(page: Page, slider: Locator, keys: readonly string[]): Promise<void> {
  await slider.focus();
  for (const key of keys) await page.keyboard.press(key);
}

function barHeights(output: Locator): Promise<number[]> {
  return output
    .locator(".js-plotly-plot")
    .first()
    .locator(".barlayer .point path")
    .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().height));
}

test("a reader trains the 92 % model, bets, opens the missed messages, moves sliders and solves an exercise", async ({
  page,
}) => {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  const reader = createReader(page);
  await reader.open(lecture);
  await reader.runCell("train-detector");
  await reader.expectState("train-detector", "done", trainingTime);
  await reader.runAll();
  await reader.expectState("headline", "done");
  await expect(reader.output("headline")).toContainText(/9[12]\.\d %/);
  await reader.expectState("matrix", /locked|idle/);

  // The bet, the matrix, and the messages behind its worst cell.
  await commitBet(reader, "bet-found", 0);
  await reader.runCell("found-verdict");
  await reader.expectState("found-verdict", "done");
  await expect(reader.output("found-verdict")).toContainText(/You (won|lost) your bet/);
  await reader.output("matrix").locator('[data-place="1/0"]').click();
  await expect(reader.output("matrix").locator(".confusion-examples li").first()).toHaveText(/\w{3}/);

  // The rest, to the second bet.
  await reader.runAll();
  await reader.expectState("bet-weights", "done", trainingTime);
  await reader.expectState("compare-table", "done", trainingTime);
  await reader.expectState("weights-picture", "locked");

  // Be the model: more found, a higher recall; accuracy hardly moves.
  await reader.output("four-bars").scrollIntoViewIfNeeded();
  await expect.poll(async () => (await barHeights(reader.output("four-bars"))).length).toBe(4);
  const [accuracy, , recall] = await barHeights(reader.output("four-bars"));
  await press(page, reader.cell("be-the-model").getByRole("slider").first(), ["Home"]);
  await expect.poll(async () => (await barHeights(reader.output("four-bars")))[2]).toBeLessThan(recall / 10);
  expect((await barHeights(reader.output("four-bars")))[0]).toBeGreaterThan(0.9 * accuracy);
  await expect(reader.output("library-table")).toContainText("They agree.");

  // A lower threshold finds what one half missed.
  await expect(reader.output("strip")).toContainText(/recall 0\.0\d/);
  await press(page, reader.cell("choose-threshold").getByRole("slider"), ["Home"]);
  await expect(reader.output("strip")).toContainText("recall 1.00");

  // In a skewed world the program that reads nothing is ahead by accuracy.
  await press(page, reader.cell("choose-skew").getByRole("slider"), ["End"]);
  const row = (place: number) => reader.output("skew-bars").getByRole("row").nth(place);
  await expect(row(2)).toContainText(/0\.97/);
  const numbers = async (place: number) =>
    ((await row(place).innerText()).match(/\d\.\d+/g) ?? []).map(Number) as [number, number, number];
  const [classifier, joy] = [await numbers(1), await numbers(2)];
  expect(joy[0]).toBeGreaterThan(classifier[0]);
  expect(joy[2]).toBeLessThan(classifier[2]);

  // The exercise: the stub fails with a hint, the solution passes and changes what follows.
  await expect(reader.cell("check-threshold")).toContainText(/The promise is/);
  await reader.writeAndRun("my-threshold", codeOf("solution-threshold"));
  await expect(reader.cell("check-threshold")).toContainText(/kept, with the fewest alarms/);
  await reader.expectState("my-threshold", "done");
  await expect(reader.output("promise-kept")).not.toContainText("On test 0 of");

  const failed = await page
    .locator('[data-state="failed"]')
    .evaluateAll((cells) => cells.map((cell) => cell.id));
  expect(failed).toEqual([]);
  expect(problems).toEqual([]);
});

test("a weight turns the second training stale; trained again, it raises more alarms than without", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open(lecture, "ko");
  await reader.runAll();
  await reader.expectState("headline", "done", trainingTime);
  await reader.runCell("train-weighted");
  await reader.expectState("train-weighted", "done", trainingTime);
  await press(page, reader.cell("choose-weight").getByRole("slider"), ["End"]);
  await reader.expectState("train-weighted", "stale");
  await reader.runCell("train-weighted");
  await reader.expectState("train-weighted", "done", trainingTime);
  await reader.runCell("compare-table");
  await reader.expectState("compare-table", "done", trainingTime);
  const recallOf = async (place: number) => {
    const cells = await reader
      .output("compare-table")
      .getByRole("row")
      .nth(place)
      .getByRole("cell")
      .allInnerTexts();
    return Number(cells.filter((cell) => /^\d\.\d+$/.test(cell))[2]);
  };
  await expect.poll(() => recallOf(3), { timeout: 20_000 }).toBeGreaterThan(0.4);
  expect(await recallOf(2)).toBeLessThan(0.1);
});
