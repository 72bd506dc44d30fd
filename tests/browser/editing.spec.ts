import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test("a mistake is shown under its cell at its line and column, and the others go on", async ({ page }) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun("words", "const list: string[] = []\n\nlist.first.name");
  await reader.expectState("words", "failed");
  await expect(reader.output("words")).toContainText(/line 3/);
  await reader.runCell("letters");
  await reader.expectState("letters", "done");
});

test("code that cannot be read says where, and runs again once it is mended", async ({ page }) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun("words", "const x = (1 +\n");
  await reader.expectState("words", "failed");
  await reader.writeAndRun("words", "enum Feeling { joy }");
  await expect(reader.output("words")).toContainText("enum");
  await reader.writeAndRun("words", "6 * 7");
  await reader.expectState("words", "done");
  await expect(reader.output("words")).toContainText("42");
});

test("a Hangul syllable that is being composed is finished before Shift+Enter runs the cell", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.write("words", "const word: string = ``; word");
  for (let i = 0; i < "`; word".length; i++) await page.keyboard.press("ArrowLeft");
  const input = await page.context().newCDPSession(page);
  await input.send("Input.imeSetComposition", { text: "고", selectionStart: 1, selectionEnd: 1 });
  await input.send("Input.imeSetComposition", { text: "공", selectionStart: 1, selectionEnd: 1 });
  await page.keyboard.press("Shift+Enter");
  await page.waitForTimeout(300);
  await expect(reader.cell("words")).toHaveAttribute("data-state", "idle");
  await input.send("Input.insertText", { text: "공부" });
  await reader.expectState("words", "done");
  await expect(reader.cell("words").locator(".cm-content")).toContainText("`공부`");
  await expect(reader.cell("sentence")).toBeFocused();
});

test("a lecture can be run by keyboard alone", async ({ page }) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await page.keyboard.press("Tab");
  await page.locator("body").press("j");
  await expect(reader.cell("words")).toBeFocused();
  await page.keyboard.press("Shift+Enter");
  await reader.expectState("words", "done");
  await expect(reader.cell("sentence")).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Run and move on");
  await page.keyboard.press("Escape");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(reader.cell("words").locator(".cm-content")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(reader.cell("words")).toBeFocused();
});

test("Transformers.js is there when a cell asks for it, and not before", async ({ page }) => {
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun("words", 'import { env } from "@xenova/transformers"\ndisplay(env.version)');
  await reader.expectState("words", "done", { timeout: 60_000 });
  await expect(reader.output("words")).toContainText(/"4\.\d/);
  expect(requested.filter((url) => url.includes("ort-wasm"))).toEqual([]);
});
