/** Readers go from the course's page through whole lectures, bets and all, with the small settings of the front matter. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test, type Page } from "@playwright/test";
import { parseNotebook } from "../../src/notebook/format/index.ts";
import { createReader } from "./reader.ts";

test.setTimeout(420_000);

const readers = [
  { id: "05-seq2seq", language: "en", width: 1280 },
  { id: "06-pretraining", language: "ko", width: 390 },
  { id: "08-serving", language: "ko", width: 1280 },
] as const;

for (const { id, language, width } of readers) {
  test(`${id} runs to its end for a reader (${language}, ${width} pixels wide)`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(language === "en" ? "/" : "/ko/");
    await page.locator(`a[href*="${id}"]`).first().click();
    const reader = createReader(page);
    await expect(page.locator("html")).toHaveAttribute("data-script", "ready");
    for (const { cell, code } of getSmallCells(id)) await reader.write(cell, code);

    for (let round = 0; round < 6; round++) {
      await reader.runAll();
      await expect(page.locator('[data-state="running"], [data-state="queued"]')).toHaveCount(0, {
        timeout: 240_000,
      });
      expect(await page.locator('[data-state="failed"]').count()).toBe(0);
      if (!(await commitBets(page))) break;
    }
    const left = await page
      .locator('[data-cell]:not([data-state="done"])')
      .evaluateAll((cells) => cells.map((cell) => `${cell.id}: ${(cell as HTMLElement).dataset.state}`));
    expect(left).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}

/** The cells that declare a name which the front matter makes small, with the small value in the code. */
function getSmallCells(id: string): { cell: string; code: string }[] {
  const path = fileURLToPath(new URL(`../../notebooks/${id}.md`, import.meta.url));
  const { segments, frontMatter } = parseNotebook(readFileSync(path, "utf8"), { path });
  const small: { cell: string; code: string }[] = [];
  for (const segment of segments) {
    if (segment.kind !== "cell") continue;
    const code = Object.entries(frontMatter.test?.set ?? {}).reduce(
      (text, [name, value]) => text.replace(new RegExp(`(const ${name} = )\\d+`), `$1${String(value)}`),
      segment.code,
    );
    if (code !== segment.code) small.push({ cell: segment.id, code });
  }
  expect(small).not.toEqual([]);
  return small;
}

/** Commits every bet that waits, for its first answer; whether there was one. */
async function commitBets(page: Page): Promise<boolean> {
  const buttons = page.getByRole("button", { name: /^(Commit my bet|내기 확정)$/ });
  let committed = false;
  for (let left = await buttons.count(); left > 0; left = await buttons.count()) {
    const bet = page.locator("[data-cell]").filter({ has: buttons }).first();
    await bet.locator("input[type=radio]").first().check();
    await bet.getByRole("button", { name: /^(Commit my bet|내기 확정)$/ }).click();
    await expect(buttons).toHaveCount(left - 1);
    committed = true;
  }
  return committed;
}
