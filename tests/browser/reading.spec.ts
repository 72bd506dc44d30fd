import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a lecture can be read, with its code, formulas and anchors, in both languages", async ({ page }) => {
    await page.goto("/en/01-sentence-classification/");
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator("h2[id]").first()).toBeVisible();

    expect(await page.locator("[data-cell] .tok-keyword").count()).toBeGreaterThan(20);
    expect(await page.locator(".katex").count()).toBeGreaterThan(3);
    await page.goto("/ko/01-sentence-classification/");
    await expect(page.locator("h1")).toContainText(/[가-힣]/);
  });

  test("the course lists its lectures and links to those that are there", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("link", { name: /live lecture/ }).first()).toHaveAttribute(
      "href",
      "/en/00-notebook/",
    );
    await page.goto("/ko/");
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  });
});

test("prose is painted before any script has run, and the page takes it over where it stands", async ({
  page,
}) => {
  await page.route(/\/assets\/(?!first-paint).*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.goto("/en/01-sentence-classification/", { waitUntil: "commit" });
  await expect(page.locator("h1")).toBeVisible({ timeout: 1400 });
  await expect(page.locator("html")).not.toHaveAttribute("data-script", "ready");
  await page.evaluate(() => {
    const shifts = ((window as { shifts?: number[] }).shifts = []) as number[];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift", buffered: false });
  });
  const places = () =>
    page
      .locator("h2, [data-cell]")
      .evaluateAll((all) => all.map((element) => Math.round(element.getBoundingClientRect().top)));
  const before = await places();
  await expect(page.locator("html")).toHaveAttribute("data-script", "ready");
  await page.waitForTimeout(500);
  expect(await places()).toEqual(before);
  const shifts = await page.evaluate(() => (window as { shifts?: number[] }).shifts ?? []);
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.01);
});

test("the scripts before the first cell has run weigh less than 100 KB, and the heavy ones are not among them", async ({
  page,
}) => {
  const scripts = new Map<string, number>();
  page.on("response", async (response) => {
    const url = new URL(response.url());
    if (url.pathname.endsWith(".js")) scripts.set(url.pathname, gzipSync(await response.body()).length);
  });
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.runCell("words");
  await reader.expectState("words", "done");
  const names = [...scripts.keys()].join(" ");
  expect(names).toMatch(/kernel\/core/);
  expect(names).not.toMatch(
    /plotly|editor|tensor|katex-|language\.worker|kernel\/language|transformers|markdown/,
  );
  const total = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
  expect(total).toBeLessThan(100_000);
});

test("the language changes in place: outputs stay, words change, the address follows", async ({ page }) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.runCell("letter-chart");
  await reader.expectState("letter-chart", "done");
  await expect(reader.output("letter-chart")).toContainText("The letters of your sentence");
  await page
    .getByRole("link", { name: /한국어/ })
    .or(page.getByRole("button", { name: /한국어/ }))
    .first()
    .click();
  await expect(page).toHaveURL(/\/ko\/00-notebook\/$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(reader.output("letter-chart")).toContainText("문장을 이루는 낱자");
  await expect(reader.cell("letter-chart")).toHaveAttribute("data-state", "done");
});

test("at a phone's width nothing but code and figures scrolls sideways", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const reader = createReader(page);
  for (const lecture of ["00-notebook", "01-sentence-classification"]) {
    await reader.open(lecture, "ko");
    const { scroll, client } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    expect(scroll).toBeLessThanOrEqual(client);
  }
});
