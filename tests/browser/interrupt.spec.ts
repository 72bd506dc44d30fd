import { expect, test, type Page } from "@playwright/test";
import { createReader } from "./reader.ts";

/** The page answers a click: the theme button, whose effect is seen at once. */
async function expectAnswer(page: Page): Promise<void> {
  const before = await page.locator("html").getAttribute("data-theme");
  await page.getByRole("button", { name: /^(Dark|Light) theme$/ }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme", before ?? "");
}

test("an endless loop leaves the page answering, is ended by Interrupt, and does not come back by itself", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.runCell("letter-chart");
  await reader.expectState("letter-chart", "done");
  const endless = "const before = 1\nwhile (true) {}";
  await reader.writeAndRun("words", endless);
  await reader.expectState("words", "running");
  for (let i = 0; i < 4; i++) await expectAnswer(page);

  await page.getByRole("button", { name: "Interrupt", exact: true }).click();
  await expect(page.getByText(/was started anew/)).toBeVisible();
  await expect(page.getByText(/Your edits are as they were/)).toBeVisible();
  await expect(reader.cell("words")).not.toHaveAttribute("data-state", "running");
  await expect(reader.cell("words").locator(".cm-content")).toContainText("while (true) {}");
  // What other cells showed stays, and says that it is from before.
  await expect(reader.cell("letter-chart")).toContainText("From an earlier run");

  await reader.runCell("letters");
  await reader.expectState("letters", "done");

  // Typing is saved within a second; then the tab is loaded anew.
  await page.waitForTimeout(1200);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-script", "ready");
  await expect(reader.cell("words")).toContainText("while (true) {}");
  await page.waitForTimeout(1500);
  await expect(reader.cell("words")).toHaveAttribute("data-state", "idle");
  await expect(page.locator("iframe")).toHaveCount(0);
});

test("a training that listens is stopped between two steps and keeps the kernel", async ({ page }) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun(
    "words",
    "const step = (async function* () { for (let i = 0; ; i++) { yield i; await Promises.delay(5) } })()",
  );
  await reader.expectState("words", "streaming");
  await reader.runCell("letters");
  await reader.expectState("letters", "done");
  await page.getByRole("button", { name: "Interrupt", exact: true }).click();
  await reader.expectState("words", "interrupted");
  await expect(page.getByText(/was started anew/)).toHaveCount(0);
  await expect(reader.cell("letters")).toHaveAttribute("data-state", "done");
});
