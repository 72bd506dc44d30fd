import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";

/** A service on the reader's own machine that any page may read, and what it was asked. */
async function startService({ sendsTo }: { sendsTo?: string } = {}) {
  const asked: { url: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer(({ url = "", headers }, response) => {
    asked.push({ url, headers });
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (sendsTo !== undefined) response.writeHead(302, { Location: sendsTo });
    response.end("a poem");
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, host, close: () => new Promise((resolve) => server.close(resolve)) };
}

test("a host is refused until the reader allows it by name, gets no cookies then, and is refused again when that is taken back", async ({
  page,
}) => {
  const service = await startService();
  const { asked, host } = service;
  const reader = createReader(page);
  await reader.open("00-notebook");
  // Cookies know no port: with credentials this one would go to the service.
  await page.evaluate(() => (document.cookie = "reader=secret"));
  await reader.writeAndRun("words", `(await (await fetch("http://${host}/poem")).text()).toUpperCase()`);
  await reader.expectState("words", "failed");
  const question = page.locator('[data-kind="host-refused"]');
  await expect(question).toContainText(`The cell “words” wants to reach ${host}`);
  expect(asked).toEqual([]);

  await question.getByRole("button", { name: `Allow ${host}` }).click();
  await page.getByRole("button", { name: "Run words again" }).click();
  await reader.expectState("words", "done");
  await expect(reader.output("words")).toContainText("A POEM");
  expect(asked.map(({ url }) => url)).toEqual(["/poem"]);
  expect(asked[0].headers.cookie).toBeUndefined();
  expect(asked[0].headers.referer).toBeUndefined();

  // It holds for this lecture after a reload, and for no other.
  await reader.open("00-notebook");
  await reader.writeAndRun("words", `(await (await fetch("http://${host}/later")).text()).length`);
  await reader.expectState("words", "done");
  await reader.open("01-sentence-classification");
  await page.getByRole("button", { name: /^Kernel/ }).click();
  await expect(page.getByRole("menuitem", { name: "Restart the kernel" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: /Stop allowing/ })).toHaveCount(0);

  await reader.open("00-notebook");
  await page.getByRole("button", { name: /^Kernel/ }).click();
  await page.getByRole("menuitem", { name: `Stop allowing ${host}` }).click();
  await reader.writeAndRun("words", `(await (await fetch("http://${host}/gone")).text()).length`);
  await reader.expectState("words", "failed");
  await expect(question).toBeVisible();
  expect(asked.map(({ url }) => url)).toEqual(["/poem", "/later"]);
  await service.close();
});

test("a host that the reader does not allow stays refused, and a cell that asks on puts no second question", async ({
  page,
}) => {
  const service = await startService();
  const reader = createReader(page);
  await reader.open("00-notebook", "ko");
  await reader.writeAndRun(
    "words",
    `const outcomes: string[] = []
for (let i = 0; i < 40; i++) {
  outcomes.push(await fetch("http://${service.host}/" + i).then(() => "in", () => "refused"))
  await Promises.delay(50)
}
display(outcomes.join(" "))`,
  );
  const question = page.locator('[data-kind="host-refused"]');
  await expect(question).toContainText(`셀에서 강좌에 속하지 않은 ${service.host}`);
  await question.getByRole("button", { name: "허용하지 않음" }).click();
  await reader.expectState("words", "done");
  await expect(question).toHaveCount(0);
  await expect(reader.output("words")).not.toContainText("in");
  expect(service.asked).toEqual([]);
  await service.close();
});

test("an allowed host that sends on to another has not allowed that one, which the reader is asked about", async ({
  page,
}) => {
  const there = await startService();
  const here = await startService({ sendsTo: `http://${there.host}/poem` });
  const reader = createReader(page);
  await reader.open("00-notebook");
  await reader.writeAndRun("words", `(await (await fetch("http://${here.host}/poem")).text()).toUpperCase()`);
  await page.getByRole("button", { name: `Allow ${here.host}` }).click();
  await page.getByRole("button", { name: "Run words again" }).click();
  await page.getByRole("button", { name: `Allow ${there.host}` }).click();
  await reader.expectState("words", "failed");
  await expect(reader.output("words")).not.toContainText("A POEM");
  await page.getByRole("button", { name: "Run words again" }).click();
  await expect(reader.output("words")).toContainText("A POEM");
  await Promise.all([here.close(), there.close()]);
});
