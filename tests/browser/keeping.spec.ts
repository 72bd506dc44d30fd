import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test("a killed tab loses at most the last second of typing", async ({ context }) => {
  const page = await context.newPage();
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.write("words", "");
  // Typing without a rest: what was typed a second ago must be kept even so.
  for (let i = 0; i < 24; i++) {
    await page.keyboard.type(String(i % 10));
    await page.waitForTimeout(100);
  }
  const session = await context.newCDPSession(page);
  void session.send("Page.crash").catch(() => null);
  await page.waitForEvent("crash");

  const again = await context.newPage();
  const later = createReader(again);
  await later.open("00-notebook");
  await expect(later.cell("words")).toContainText(/^[\s\S]*0123456789012[\s\S]*$/);
});

test("two tabs that write into one cell at once do not overwrite each other: the reader sees both and chooses", async ({
  context,
}) => {
  const [one, two] = [createReader(await context.newPage()), createReader(await context.newPage())];
  for (const reader of [one, two]) {
    await reader.open("00-notebook");
    await reader.write("words", '"the same in both"');
    await reader.page.waitForTimeout(700);
  }
  await one.page.keyboard.insertText(" // from the first tab");
  await two.page.keyboard.insertText(" // from the second tab");
  const asked = async () => {
    const counts = await Promise.all(
      [one, two].map(({ page }) => page.getByText("This cell was changed in another tab.").count()),
    );
    return counts.findIndex((count) => count > 0);
  };
  await expect.poll(asked).toBeGreaterThanOrEqual(0);
  const [mine, theirs] = (await asked()) === 0 ? [one, two] : [two, one];
  const ownWords = mine === one ? "from the first tab" : "from the second tab";
  const otherWords = mine === one ? "from the second tab" : "from the first tab";
  await expect(mine.cell("words")).toContainText(ownWords);
  await expect(mine.cell("words")).toContainText(otherWords);
  await mine.cell("words").getByRole("button", { name: "Keep mine" }).click();
  await expect(mine.cell("words")).not.toContainText(otherWords);
  await expect(theirs.cell("words")).toContainText(ownWords);
});

test("a tab in which nobody writes follows the one in which somebody does", async ({ context }) => {
  const [one, two] = [createReader(await context.newPage()), createReader(await context.newPage())];
  await one.open("00-notebook");
  await two.open("00-notebook");
  await one.write("words", '"written in the first tab"');
  await expect(two.cell("words")).toContainText("written in the first tab");
});

test("an edited cell comes back after a reload with what it showed, marked as from an earlier run, and can be undone", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun("words", '"kept over a reload".toUpperCase()');
  await reader.expectState("words", "done");
  await expect(reader.output("words")).toContainText("KEPT OVER A RELOAD");
  await page.waitForTimeout(1500);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-script", "ready");
  await expect(reader.cell("words")).toContainText("kept over a reload");
  await expect(reader.output("words")).toContainText("From an earlier run");
  await expect(reader.output("words")).toContainText("KEPT OVER A RELOAD");
  await reader
    .cell("words")
    .getByRole("button", { name: /More for cell/ })
    .click();
  await page.getByRole("menuitem", { name: "Back to the original" }).click();
  await expect(reader.cell("words")).toContainText("natural language processing");
});
