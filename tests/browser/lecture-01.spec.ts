import { expect, test, type Locator, type Page } from "@playwright/test";
import { createReader, type Reader } from "./reader.ts";

const lecture = "01-sentence-classification";
const trainingTime = { timeout: 120_000 };

test.describe.configure({ timeout: 300_000 });

/** The points of a figure's first curve, as Plotly drew them: the path of its line. */
function curves(figure: Locator): Promise<string[]> {
  return figure
    .locator(".scatterlayer .js-line")
    .evaluateAll((lines) => lines.map((line) => line.getAttribute("d") ?? ""));
}

async function commitBet(reader: Reader, id: string, choice: number): Promise<void> {
  await reader.cell(id).scrollIntoViewIfNeeded();
  await reader.cell(id).getByRole("radio").nth(choice).check();
  await reader.cell(id).getByRole("button", { name: "Commit my bet" }).click();
}

/** Sets a slider by keyboard: to its start, then a number of steps up. */
async function moveSlider(page: Page, slider: Locator, key: string, times: number): Promise<void> {
  await slider.focus();
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}

test("a reader steps through the lecture, bets, trains the classifier, and asks it about a sentence", async ({
  page,
}) => {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  const reader = createReader(page);
  await reader.open(lecture);
  expect(await page.locator('[data-state="idle"]').count()).toBeGreaterThan(20);

  // Cell by cell with the keyboard, as in any notebook.
  await reader.cell("choose-language").focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press("Shift+Enter");
  await reader.expectState("class-counts", "done");
  await expect(reader.cell("browse").getByRole("row")).toHaveCount(9);
  await reader
    .cell("browse")
    .getByRole("searchbox")
    .or(reader.cell("browse").getByLabel(/Filter/))
    .first()
    .fill("grandson");
  await expect(reader.cell("browse").getByRole("row").nth(1)).toContainText(/grandson/i);

  // The rest at once: it stops before the first bet.
  await reader.runAll();
  await reader.expectState("train-classifier", "done", trainingTime);
  await reader.expectState("decode", "locked");
  await expect(page.getByText(/commit your bet first/)).toBeVisible();

  const training = reader.output("train-classifier");
  await training.scrollIntoViewIfNeeded();
  await expect(training.locator(".js-plotly-plot .js-line").first()).toBeVisible({ timeout: 30_000 });
  const [trainLoss] = await curves(training);
  expect(trainLoss.split("L").length).toBeGreaterThan(50);

  await commitBet(reader, "bet-order", 2);
  await reader.runCell("decoded");
  await reader.expectState("decoded", "done");

  // The switch that breaks the model: same loss, other names.
  const accuracy = async () =>
    Number(/accuracy ([\d.]+) %/.exec(await reader.output("decoded").innerText())?.[1]);
  expect(await accuracy()).toBeGreaterThan(45);
  await reader.cell("order-switch").getByRole("radio").nth(1).check();
  await expect.poll(accuracy).toBeLessThan(25);
  await expect(reader.output("decoded")).toContainText("You won your bet.");

  await reader.runCell("bet-loss");
  await commitBet(reader, "bet-loss", 1);
  await reader.runAll();
  await reader.expectState("your-bars", "done", trainingTime);
  const failed = await page
    .locator('[data-state="failed"]')
    .evaluateAll((cells) => cells.map((cell) => cell.id));
  expect(failed).toEqual([]);
  await expect(reader.output("test-picture")).toContainText("majority");
  await expect(reader.output("confusion")).toContainText("joy");

  // The model answers a sentence of the reader's own.
  await reader.cell("your-sentence").scrollIntoViewIfNeeded();
  const bars = async () =>
    reader
      .output("your-bars")
      .locator(".barlayer .point path")
      .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().height));
  await expect.poll(async () => (await bars()).length, { timeout: 20_000 }).toBe(4);
  const sentence = reader.cell("your-sentence").getByRole("textbox", { name: "Your sentence" });
  await sentence.fill("I am so angry and furious, this is outrageous.");
  await expect.poll(async () => (await bars()).indexOf(Math.max(...(await bars())))).toBe(2);
  expect(problems).toEqual([]);
});

test("moving the learning rate stops the training and starts it anew, in the same figure", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open(lecture);
  await reader.runCell("fan");
  await reader.expectState("train-with-rate", "done", trainingTime);
  await reader.output("fan").scrollIntoViewIfNeeded();
  const figure = reader.output("fan").locator(".js-plotly-plot");
  await expect(figure.locator(".js-line").first()).toBeVisible({ timeout: 30_000 });
  const marked = await figure.evaluate((element) => element.setAttribute("data-met", "yes"));
  expect(marked).toBeUndefined();
  await expect(reader.output("fan")).toContainText("It learns");
  const before = await curves(figure);

  // Far too low: it crawls. While it trains it is moved again, to far too high.
  const slider = reader.cell("rate").getByRole("slider");
  await moveSlider(page, slider, "Home", 1);
  await reader.expectState("train-with-rate", "streaming");
  await moveSlider(page, slider, "End", 1);
  await reader.expectState("train-with-rate", "streaming");
  await reader.expectState("train-with-rate", /done|failed/, trainingTime);
  await reader.output("fan").scrollIntoViewIfNeeded();
  await expect.poll(async () => JSON.stringify(await curves(figure))).not.toBe(JSON.stringify(before));
  await expect(figure).toHaveAttribute("data-met", "yes");
  await expect(reader.output("fan")).not.toContainText("It learns");
});

test("training again and again leaves as many tensors as training once", async ({ page }) => {
  const reader = createReader(page);
  await reader.open(lecture);
  await reader.runCell("train-with-rate");
  await reader.expectState("train-with-rate", "done", trainingTime);
  const memory = async () => {
    await page.getByRole("button", { name: /^Kernel/ }).click();
    const words = await page.getByText(/\d tensors, /).innerText();
    await page.keyboard.press("Escape");
    return words;
  };
  const first = await memory();
  for (let i = 0; i < 4; i++) {
    await reader.runCell("train-with-rate");
    await reader.expectState("train-with-rate", /running|streaming|queued/);
    await reader.expectState("train-with-rate", "done", trainingTime);
  }
  expect(await memory()).toBe(first);
});

test("an exercise is checked, helped with a hint, and solved by its solution", async ({ page }) => {
  const reader = createReader(page);
  await reader.open(lecture);
  await reader.runCell("check-softmax");
  await reader.expectState("check-softmax", "done");
  await expect(reader.cell("check-softmax")).toContainText("Not yet.");
  await reader.cell("my-softmax").getByRole("button", { name: "Show a solution" }).click();
  await page.getByRole("button", { name: "Show it" }).click();
  await expect(reader.cell("my-softmax")).toContainText("This is a solution, not yours.");
  await reader.runCell("my-softmax");
  await reader.runCell("check-softmax");
  await expect(reader.cell("check-softmax")).toContainText("Solved.");
});
