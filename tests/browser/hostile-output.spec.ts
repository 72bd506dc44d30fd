import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

const payloads = [
  `<script>window.pwned = 1</script>`,
  `<img src=x onerror="window.pwned = 2">`,
  `<svg onload="window.pwned = 3"><script>window.pwned = 4</script></svg>`,
  `<a href="javascript:window.pwned = 5" id="bad-link">link</a>`,
  `<iframe srcdoc="<script>parent.pwned = 6</script>"></iframe>`,
  `<img src="https://example.com/track.png">`,
  `<style>@import url(https://example.com/a.css); body { display: none }</style>`,
  `<div style="background: url(https://example.com/b.png); position: fixed; inset: 0">over</div>`,
  `<form action="https://example.com/"><button>send</button></form>`,
  `<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=7&gt;"></mglyph></math>`,
  `<p>harmless <strong>words</strong></p>`,
];

test("HTML and Markdown that a cell shows run nothing and load nothing from elsewhere", async ({ page }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("example.com")) foreign.push(request.url());
  });
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun(
    "words",
    `import { html, markdown, table } from "gongbu/display"
const payloads = ${JSON.stringify(payloads)}
for (const payload of payloads) { display(html(payload)); display(markdown(payload)) }
display(markdown("[click](javascript:window.pwned=8) ![x](https://example.com/c.png) **harmless words**"))
display(table(payloads.map((payload) => ({ payload }))))
console.log(payloads[0])
throw new Error(payloads[1])`,
  );
  await reader.expectState("words", "failed");
  const output = reader.output("words");
  await expect(output.locator("strong").first()).toHaveText("words");
  await expect(output).toContainText("harmless words");
  for (const link of await output.locator("a").all())
    await link.click({ timeout: 1000, noWaitAfter: true }).catch(() => null);
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => (window as { pwned?: number }).pwned)).toBeUndefined();
  expect(await output.locator("script, iframe, form, style, [onerror], [onload]").count()).toBe(0);
  expect(foreign).toEqual([]);
  await expect(page.locator("body")).toBeVisible();
});
