import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlainError } from "../../../../kernels/runtime/display/output.ts";
import { startNodeKernel, type NodeKernel } from "../../../../kernels/runtime/hosts/node.ts";
import type { CellId } from "../../../../kernels/runtime/program.ts";
import type { FromKernel, Result } from "../../../../kernels/runtime/protocol.ts";
import { compileCell, linkCells } from "../../../../src/notebook/compile/index.ts";

let folder: string;
let kernel: NodeKernel;
const failures: Error[] = [];
const listeners = new Set<(message: FromKernel) => void>();
let cells = 0;
let requests = 0;
/** A service that repeats what it is sent; the kernel may ask it at 127.0.0.1, not by the name of localhost. */
let service: Server;
let port: number;

beforeAll(async () => {
  service = createServer((request, response) => {
    if (request.url === "/away") response.writeHead(307, { location: `http://localhost:${port}/` });
    request.setEncoding("utf8").on("data", (text: string) => response.write(`${request.method} ${text}`));
    request.on("end", () => response.end());
  });
  await new Promise<void>((resolve) => void service.listen(0, "127.0.0.1", resolve));
  ({ port } = service.address() as AddressInfo);
  folder = await mkdtemp(join(tmpdir(), "gongbu-"));
  const lectures = join(folder, "lectures");
  await mkdir(join(lectures, "data"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(lectures, "..data.txt"), "two dots");
  await writeFile(join(lectures, "data", "한글 1.csv"), "text,label\n안녕,0\n");
  await symlink(join(folder, "secret.txt"), join(lectures, "link.txt"));
  kernel = startNodeKernel({
    directory: lectures,
    hosts: [`127.0.0.1:${port}`],
    onMessage: (message) => listeners.forEach((listener) => listener(message)),
    onFailure: (error) => failures.push(error),
  });
});

afterAll(async () => {
  await kernel.terminate();
  await new Promise((resolve) => void service.close(resolve));
  await rm(folder, { recursive: true });
});

/** Resolves with the first message of which `pick` makes something. */
function hear<T>(pick: (message: FromKernel) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const listener = (message: FromKernel) => {
      const picked = pick(message);
      if (picked === undefined) return;
      listeners.delete(listener);
      resolve(picked);
    };
    listeners.add(listener);
  });
}

/** Runs one cell, alone in the notebook: its error, or else its value. */
async function evaluate(source: string): Promise<unknown> {
  const id = `cell${++cells}` as CellId;
  const ended = hear((message) => {
    if (message.type !== "cells") return undefined;
    const updates = message.updates.filter(({ cell }) => cell === id);
    return updates.find(({ state }) => state === "done" || state === "failed");
  });
  const error = hear((message) => (message.type === "cells" ? findError(message, id) : undefined));
  kernel.send({
    type: "define",
    cells: linkCells([compileCell({ id, source, attributes: { run: "live" } })]),
  });
  kernel.send({ type: "run", cells: [id] });
  if ((await ended).state === "failed") return error;
  const request = ++requests;
  kernel.send({ type: "value", id: request, cell: id });
  const result: Result = await hear((message) =>
    message.type === "reply" && message.id === request ? message.result : undefined,
  );
  return result.ok ? result.value : result.error;
}

function findError(message: Extract<FromKernel, { type: "cells" }>, id: CellId): PlainError | undefined {
  const outputs = message.updates.filter(({ cell }) => cell === id).flatMap((update) => update.outputs ?? []);
  return outputs.flatMap(({ output }) => (output.kind === "error" ? [output.error] : []))[0];
}

describe("fetch in a lecture that runs in Node", () => {
  it.each([
    "data/한글 1.csv",
    "./data/한글%201.csv",
    "data/%ED%95%9C%EA%B8%80%201.csv?v=1#top",
    "data/../data/한글 1.csv",
  ])("reads the file beside the lecture: %s", async (url) => {
    const source = `const response = await fetch(${JSON.stringify(url)});
const got = [response.ok, response.status, response.url, await response.text()]`;
    expect(await evaluate(source)).toMatchObject({ got: [true, 200, url, "text,label\n안녕,0\n"] });
  });

  it("takes a name that begins with two dots for a name, and a stray percent sign for itself", async () => {
    expect(await evaluate("(await fetch('..data.txt')).text()")).toBe("two dots");
    expect(await evaluate("(await fetch('100%.txt')).status")).toBe(404);
  });

  it("makes a file that the site's build makes, too, and prefers one that lies there", async () => {
    const source = `const answer = await fetch("data/x/../brown/brown.txt")
const made = [answer.status, (await answer.text()).split("\\n").length]`;
    expect(await evaluate(source)).toMatchObject({ made: [200, 3001] });
    await mkdir(join(folder, "lectures", "data", "brown"));
    await writeFile(join(folder, "lectures", "data", "brown", "brown.txt"), "mine");
    expect(await evaluate("(await fetch('data/brown/brown.txt')).text()")).toBe("mine");
  });

  it("finds the models that the course ships, and prefers one that lies there", async () => {
    const listed = await evaluate(
      "(await (await fetch('models/index.json')).json()).map(({ name }) => name)",
    );
    expect(listed).toContain("emotion-ko");
    expect(await evaluate("(await fetch('models/none/config.json')).status")).toBe(404);
    expect(await evaluate("(await fetch('models/../models/../../package.json')).status")).toMatchObject({
      code: "host-not-allowed",
    });
    await mkdir(join(folder, "lectures", "models"));
    await writeFile(join(folder, "lectures", "models", "index.json"), "[]");
    expect(await evaluate("(await fetch('models/index.json')).text()")).toBe("[]");
  });

  it.each(["data/none.csv", "data", "data/한글 1.csv/deeper"])(
    "answers 404 for what is no file: %s",
    async (url) => {
      expect(await evaluate(`(await fetch(${JSON.stringify(url)})).status`)).toBe(404);
    },
  );

  it.each([
    "../secret.txt",
    "data/../../secret.txt",
    "%2e%2e/secret.txt",
    "..%2fsecret.txt",
    "/etc/hostname",
    "//example.com/x",
    "https://example.com/x",
    "HTTP://example.com",
    "file:///etc/hostname",
    "link.txt",
  ])("refuses %s", async (url) => {
    expect(await evaluate(`await fetch(${JSON.stringify(url)})`)).toMatchObject({
      code: "host-not-allowed",
      text: { en: expect.stringContaining(url) as string, ko: expect.stringContaining(url) as string },
    });
  });

  it("refuses to write", async () => {
    expect(await evaluate("await fetch('data/new.csv', { method: 'post', body: 'x' })")).toMatchObject({
      code: "method-not-allowed",
    });
  });

  it("asks a host that was allowed, with what the cell sends, and no other", async () => {
    const post = (url: string) => `(await (await fetch("${url}", { method: "POST", body: "안녕" })).text())`;
    expect(await evaluate(post(`http://127.0.0.1:${port}/`))).toBe("POST 안녕");
    const refused = { code: "host-not-allowed" };
    expect(await evaluate(`await fetch("http://localhost:${port}/")`)).toMatchObject(refused);
    expect(await evaluate(`await fetch("http://127.0.0.1:${port}/away")`)).toMatchObject({
      code: "missing-file",
      text: {
        en: expect.stringContaining(`127.0.0.1:${port} gave no answer for /away.`) as string,
        ko: expect.stringContaining(`127.0.0.1:${port}에서 /away에 대한 응답이 없습니다.`) as string,
      },
      cause: { name: "TypeError" },
    });
  });

  it("is stopped by its signal", async () => {
    expect(
      await evaluate("await fetch('data/x.csv', { signal: AbortSignal.abort(new Error('enough')) })"),
    ).toMatchObject({
      text: "enough",
    });
  });
});

describe("the kernel's thread", () => {
  it("multiplies and adds in one instruction, which Node 20 does only when told to", async () => {
    const fma = hear((message) => (message.type === "backend" ? message.fma : undefined));
    await evaluate('import * as tf from "@tensorflow/tfjs"\nconst sum = tf.sum([1, 2]).dataSync()[0]');
    expect(await fma).toBe(true);
  });

  it.each([
    [
      "a promise that nobody awaits",
      "async function lost() { throw new Error('lost') }\nlost();\nconst x = 1",
    ],
    [
      "a promise that nobody awaits, with TensorFlow.js loaded",
      "import * as tf from '@tensorflow/tfjs'\nconst x = tf.scalar(1).dataSync()[0]\nPromise.reject(new Error('lost'))",
    ],
    ["a promise that was refused with no error", "Promise.reject('lost');\nconst x = 1"],
    [
      "a timer of JavaScript's own",
      "globalThis.setTimeout(() => { throw new Error('lost') }, 1);\nconst x = 1",
    ],
  ])("outlives an error of %s, and shows it under its cell", async (_, source) => {
    const id = `cell${cells + 1}` as CellId;
    const error = hear((message) => (message.type === "cells" ? findError(message, id) : undefined));
    expect(await evaluate(source)).toMatchObject({ x: 1 });
    expect((await error).text).toBe("lost");
    expect(await evaluate("20 + 22")).toBe(42);
    expect(failures).toEqual([]);
  });

  it("ends when it is told to, even in a loop that never lets go", async () => {
    const busy = startNodeKernel({
      directory: folder,
      onMessage: () => {},
      onFailure: (error) => failures.push(error),
    });
    const id = "loop" as CellId;
    busy.send({
      type: "define",
      cells: [compileCell({ id, source: "while (true) {}", attributes: { run: "live" } })],
    });
    busy.send({ type: "run", cells: [id] });
    await busy.terminate();
    expect(failures).toEqual([]);
  });
});
