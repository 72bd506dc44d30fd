import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test("an imported name leads to its entry in the reference, in a tab of its own, in the reader's language", async ({
  page,
  context,
}) => {
  const reader = createReader(page);
  await reader.open("01-sentence-classification");
  const link = page.locator(".cell-code a.code-link", { hasText: /^BagOfWordsClassifier$/ }).first();
  const opened = context.waitForEvent("page");
  await link.click();
  const entry = await opened;
  await expect(entry).toHaveURL(/\/en\/reference\/nn\/#BagOfWordsClassifier$/);
  await expect(entry.locator("#BagOfWordsClassifier .signature")).toContainText("class BagOfWordsClassifier");
  await expect(entry.locator("#BagOfWordsClassifier h2")).toBeInViewport();
  // No editor has opened where the link stood.
  await expect(page.locator(".cm-content")).toHaveCount(0);

  // The address in the code follows the language of the page, without being made anew.
  await page.getByRole("link", { name: "한국어" }).click();
  await expect(page).toHaveURL(/\/ko\/01/);
  expect(await link.evaluate((element: HTMLAnchorElement) => element.href)).toMatch(
    /\/ko\/reference\/nn\/#BagOfWordsClassifier$/,
  );
});

test("the lecture's bar leads to the reference, where a name is found and its source read", async ({
  page,
  context,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook", "ko");
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "라이브러리 문서" }).first().click();
  const reference = await opened;
  await expect(reference).toHaveURL(/\/ko\/reference\/$/);
  const field = reference.getByRole("searchbox", { name: "이름 찾기" });
  await reference.keyboard.press("/");
  await expect(field).toBeFocused();
  await reference.keyboard.type("교차");
  await expect(reference.locator("[data-name]:visible")).toHaveText([/crossEntropy/]);
  await expect(reference.getByRole("status")).toHaveText("이름 1개");
  await reference.keyboard.press("Enter");
  await expect(reference).toHaveURL(/\/ko\/reference\/nn\/#crossEntropy$/);
  await expect(reference.locator("#crossEntropy .entry-korean")).toContainText("교차 엔트로피");

  await reference.getByRole("link", { name: "English" }).click();
  await expect(reference).toHaveURL(/\/en\/reference\/nn\/#crossEntropy$/);
  await expect(reference.locator("#crossEntropy .entry-korean")).toHaveCount(0);
  await reference
    .locator("#crossEntropy")
    .getByRole("link", { name: /^Source/ })
    .click();
  await expect(reference).toHaveURL(/\/en\/reference\/source\/nlp\/nn\/losses\/cross-entropy\/#L\d+$/);
  await expect(reference.locator(".source-line:target")).toContainText("export function crossEntropy");
});

test("the reader's theme holds on the reference, and can be changed there", async ({ page }) => {
  await page.goto("/en/reference/metrics/");
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-theme", "light");
  await page.getByRole("button", { name: "Dark theme" }).click();
  await expect(root).toHaveAttribute("data-theme", "dark");
  await page.goto("/en/00-notebook/");
  await expect(root).toHaveAttribute("data-theme", "dark");
});

test("at a phone's width nothing of the reference scrolls sideways but code, and the contents lead to it", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ["", "nn/", "decode/", "metrics/", "source/nlp/text/words/"]) {
    await page.goto(`/ko/reference/${path}`);
    const { scroll, client } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    expect(scroll, path).toBeLessThanOrEqual(client);
  }
  const reader = createReader(page);
  await reader.open("00-notebook");
  await page.getByRole("button", { name: "Open the contents" }).click();
  await expect(page.getByRole("dialog").getByRole("link", { name: "Reference" })).toHaveAttribute(
    "href",
    "/en/reference/",
  );
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the course leads to the reference, and the reference can be read", async ({ page }) => {
    await page.goto("/");
    await page
      .locator("main")
      .getByRole("link", { name: /^Reference/ })
      .click();
    await page.getByRole("link", { name: "gongbu/metrics" }).first().click();
    await expect(page.locator("#accuracy .signature")).toContainText("function accuracy(");
    await expect(page.getByRole("searchbox")).toBeHidden();
  });
});
