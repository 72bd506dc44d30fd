/** What a reader does on a lecture's page, by the names that a person would see or hear. */
import { expect, type Locator, type Page } from "@playwright/test";

export interface Reader {
  readonly page: Page;
  open(lecture: string, language?: "en" | "ko"): Promise<void>;
  cell(id: string): Locator;
  output(id: string): Locator;
  runCell(id: string): Promise<void>;
  runAll(): Promise<void>;
  /** Resolves when the cell is in the state. */
  expectState(id: string, state: string | RegExp, options?: { timeout?: number }): Promise<void>;
  /** Puts the code into the cell's editor, as typed. */
  write(id: string, code: string): Promise<void>;
  /** `write`, then Ctrl+Enter. */
  writeAndRun(id: string, code: string): Promise<void>;
}

export function createReader(page: Page, base = ""): Reader {
  const cell = (id: string) => page.locator(`[data-cell="${id}"]`);
  const reader: Reader = {
    page,
    cell,
    output: (id) => cell(id).locator(".cell-results"),
    async open(lecture, language = "en") {
      await page.goto(`${base}${base ? "" : "/"}${language}/${lecture}/`);
      // The buttons answer once the page's script has taken over.
      await expect(page.locator("html")).toHaveAttribute("data-script", "ready");
    },
    async runCell(id) {
      await cell(id).locator(".run-button").click();
    },
    async runAll() {
      await page.getByRole("button", { name: /^(Run all|모두 실행)$/ }).click();
    },
    async expectState(id, state, { timeout = 30_000 } = {}) {
      await expect(cell(id)).toHaveAttribute("data-state", state, { timeout });
    },
    async write(id, code) {
      await cell(id).locator(".cell-code").click();
      const editor = cell(id).locator(".cm-content");
      await expect(editor).toBeFocused({ timeout: 15_000 });
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.insertText(code);
    },
    async writeAndRun(id, code) {
      await reader.write(id, code);
      await page.keyboard.press("Control+Enter");
    },
  };
  return reader;
}
