import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test("an error of a cell leads to the page that explains it, in a tab of its own, in the reader's language", async ({
  page,
  context,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun("words", "tokns.length");
  await reader.expectState("words", "failed");
  const opened = context.waitForEvent("page");
  await reader.output("words").getByRole("link", { name: "What this error means" }).click();
  const explained = await opened;
  await expect(explained).toHaveURL(/\/en\/errors\/missing-name\/$/);
  await expect(explained.locator("h1")).toHaveText("missing-name");
  await expect(explained.locator("main")).toContainText("no cell declares or imports");
  // The lecture stands where it was, with its kernel.
  await reader.expectState("words", "failed");

  await page.getByRole("link", { name: "한국어" }).click();
  await expect(reader.output("words").getByRole("link", { name: "이 오류의 뜻 보기" })).toHaveAttribute(
    "href",
    "/ko/errors/missing-name/",
  );
});

test("an error while a cell runs has its page too, and an error of the reader's own has none", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun("words", 'await fetch("data/emotion/emotion.en.tsv", { method: "DELETE" })');
  await reader.expectState("words", "failed");
  const link = reader.output("words").getByRole("link", { name: "What this error means" });
  await expect(link).toHaveAttribute("href", "/en/errors/method-not-allowed/");
  await reader.writeAndRun("words", 'throw new Error("mine")');
  await expect(reader.output("words")).toContainText("mine");
  await expect(link).toHaveCount(0);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a page about an error can be read in both languages and leads back to the course", async ({
    page,
  }) => {
    await page.goto("/ko/errors/missing-name/");
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
    await expect(page.getByRole("heading", { name: "왜 중요한가" })).toBeVisible();
    await expect(page.locator("main pre").first()).toContainText("const tokens");
    await expect(page.locator("main")).not.toContainText("What it means");
    await page.getByRole("link", { name: "English" }).click();
    await expect(page.getByRole("heading", { name: "Why it matters" })).toBeVisible();
    await expect(page.locator("main")).not.toContainText("왜 중요한가");
    await page.locator("main").getByRole("link", { name: "Course" }).click();
    await expect(page.getByRole("link", { name: /live lecture/ }).first()).toBeVisible();
  });
});
