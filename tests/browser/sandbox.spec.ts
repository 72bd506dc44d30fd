import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";
import { isolatedSite, plainSite } from "./sites.ts";

/** What a cell might try, by name. Each must be refused: nothing may come back from it but an error. */
const attempts: Readonly<Record<string, string>> = {
  document: "globalThis.document.cookie",
  "the page's window": "globalThis.parent.document",
  "a window of its own": "globalThis.open('https://example.com')",
  localStorage: "globalThis.localStorage.setItem('a', 'b')",
  indexedDB:
    "new Promise((resolve, reject) => { const r = globalThis.indexedDB.open('a'); r.onsuccess = resolve; r.onerror = () => reject(r.error) })",
  caches: "globalThis.caches.open('a')",
  cookies: "globalThis.cookieStore.getAll()",
  "a foreign host": "fetch('https://example.com/secret')",
  "a file of the site that is no data": "fetch('index.html')",
  "a request that writes": "fetch('data/emotion/emotion.en.tsv', { method: 'POST', body: 'x' })",
  "XMLHttpRequest to the site":
    "new Promise((resolve, reject) => { const r = new XMLHttpRequest(); r.open('GET', SITE + 'data/emotion/emotion.en.tsv'); r.withCredentials = true; r.onload = resolve; r.onerror = () => reject(new Error('refused')); r.send() })",
  WebSocket:
    "new Promise((resolve, reject) => { const s = new WebSocket(SITE.replace('http', 'ws')); s.onopen = resolve; s.onerror = () => reject(new Error('refused')) })",
  "an EventSource":
    "new Promise((resolve, reject) => { const s = new EventSource(SITE); s.onopen = resolve; s.onerror = () => reject(new Error('refused')) })",
  "a script from the site": "globalThis.eval(`import('${SITE}kernel/sandbox.html')`)",
  importScripts: "importScripts(SITE + 'assets/theme.js')",
  "a worker that fetches":
    "new Promise((resolve, reject) => { const code = `fetch('${SITE}').then(() => postMessage('in'), (e) => postMessage('refused'))`; const w = new Worker(URL.createObjectURL(new Blob([code]))); w.onmessage = ({ data }) => data === 'in' ? resolve() : reject(new Error(data)); w.onerror = () => reject(new Error('refused')) })",
};

for (const [name, site] of [
  ["an isolated page", isolatedSite],
  ["plain hosting", plainSite],
] as const) {
  test(`on ${name} a cell reaches nothing of the page, the reader or the network`, async ({ page }) => {
    const requested: string[] = [];
    page.on("request", (request) => requested.push(request.url()));
    const reader = createReader(page, site.url);
    await reader.open("00-notebook");
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(site === isolatedSite);
    await page.evaluate(() => {
      document.cookie = "reader=secret";
      localStorage.setItem("reader", "secret");
    });
    const lines = Object.entries(attempts).map(
      ([what, code]) => `  ${JSON.stringify(what)}: async () => ${code},`,
    );
    await reader.writeAndRun(
      "words",
      `const SITE = ${JSON.stringify(site.url)}
const attempts = {
${lines.join("\n")}
}
const results: string[] = []
for (const [what, attempt] of Object.entries(attempts)) {
  const late = Promises.delay(4000).then(() => "no answer")
  const outcome = await Promise.race([attempt().then(() => "REACHED", (e) => "refused: " + e.name), late])
  results.push(what + " → " + outcome)
}
display(results.join("\\n"))`,
    );
    await reader.expectState("words", "done", { timeout: 60_000 });
    const shown = (await reader.output("words").innerText()).split("\n").filter((line) => line.includes("→"));
    expect(shown).toHaveLength(Object.keys(attempts).length);
    for (const line of shown) expect(line).toMatch(/→ refused/);
    expect(requested.filter((url) => url.includes("example.com"))).toEqual([]);
  });
}

test("a cell reads the course's own data, by way of the page, without the reader's cookies", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook");
  await page.evaluate(() => {
    document.cookie = "reader=secret";
  });
  const asked = page.waitForRequest(/emotion\.en\.tsv/);
  await reader.writeAndRun(
    "words",
    'const rows = (await (await fetch("data/emotion/emotion.en.tsv")).text()).split("\\n")\ndisplay(rows[0])',
  );
  expect(await (await asked).headerValue("cookie")).toBeNull();
  await reader.expectState("words", "done");
  await expect(reader.output("words")).toContainText("text");
});

test("a request that is refused says which hosts may be asked, in the reader's language", async ({
  page,
}) => {
  const reader = createReader(page);
  await reader.open("00-notebook", "ko");
  await reader.writeAndRun("words", 'await fetch("https://example.com/")');
  await reader.expectState("words", "failed");
  await expect(reader.output("words")).toContainText("huggingface.co");
  await expect(reader.output("words")).toContainText("가져올 수 없습니다");
});
