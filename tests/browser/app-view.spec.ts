import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

test("a lecture as an app: its outputs without prose and code, started by one button, in both languages", async ({
  page,
}) => {
  await page.goto("/en/00-notebook/?view=app");
  await expect(page.locator("html")).toHaveAttribute("data-script", "ready");
  await expect(page.locator(".prose, .cell-code")).toHaveCount(0);
  await expect(page.locator(".output")).toHaveCount(0);
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByRole("slider").first()).toBeVisible({ timeout: 30_000 });
  await expect(page.locator(".output").first()).toBeVisible();
  await page.getByTitle("한국어").or(page.getByText("한국어")).first().click();
  await expect(page.getByRole("link", { name: "강의 전체 보기" })).toBeVisible();
  expect(page.url()).toContain("/ko/00-notebook/?view=app");
});

test("the lecture and its app are one session: what has run in one is shown in the other, and Back goes back", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await page.getByRole("button", { name: "As an app" }).click();
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.locator(".app-cell .output").first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "The whole lecture" }).click();
  await expect(page.locator(".prose").first()).toBeVisible();
  await expect(page.locator(".cell .output").first()).toBeVisible();
  await page.goBack();
  await expect(page.locator(".app-head")).toBeVisible();
});

test("an app can be embedded in a page of another site", async ({ page, baseURL }) => {
  // A site of its own on this machine: Chromium lets no page from outside embed one from here.
  const frame = `<iframe src="${baseURL}en/00-notebook/?view=app" width="800" height="600"></iframe>`;
  const school = createServer((_, response) => response.setHeader("content-type", "text/html").end(frame));
  await new Promise<void>((resolve) => school.listen(0, "127.0.0.1", resolve));
  await page.goto(`http://127.0.0.1:${(school.address() as AddressInfo).port}/`);
  const app = page.frameLocator("iframe");
  await app.getByRole("button", { name: "Start" }).click();
  await expect(app.getByRole("slider").first()).toBeVisible({ timeout: 30_000 });
  school.close();
});
