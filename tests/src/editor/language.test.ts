import { describe, expect, it } from "vitest";
import { answer } from "../../../src/editor/answer.ts";
import { createLanguageClient, type WorkerLike } from "../../../src/editor/language.ts";
import type { FromLanguageWorker, ToLanguageWorker } from "../../../src/editor/protocol.ts";
import type { CellSource } from "../../../src/notebook/compile/cell.ts";

function cell(source: string): CellSource {
  return { id: "a", source, attributes: { run: "live" } } as unknown as CellSource;
}

/** A worker in the same thread, whose replies are sent when the test says so. */
class FakeWorker implements WorkerLike {
  readonly requests: ToLanguageWorker[] = [];
  readonly #listeners: { type: string; listener: (event: never) => void }[] = [];
  terminated = false;

  postMessage(message: ToLanguageWorker): void {
    this.requests.push(structuredClone(message));
  }
  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.push({ type, listener });
  }
  terminate(): void {
    this.terminated = true;
  }
  emit(type: string, event: unknown): void {
    for (const entry of this.#listeners) if (entry.type === type) entry.listener(event as never);
  }
  reply(reply: FromLanguageWorker): void {
    this.emit("message", { data: structuredClone(reply) });
  }
}

function clientWithWorkers() {
  const workers: FakeWorker[] = [];
  const client = createLanguageClient({
    startWorker() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  });
  return { client, workers };
}

describe("the language client", () => {
  it("starts its worker with the first request, and only one", () => {
    const { client, workers } = clientWithWorkers();
    expect(workers).toHaveLength(0);
    void client.compile(cell("1"));
    void client.compile(cell("2"));
    expect(workers).toHaveLength(1);
    expect(workers[0]!.requests.map(({ cell }) => cell.source)).toEqual(["1", "2"]);
  });

  it("gives each request its own answer, whatever their order", async () => {
    const { client, workers } = clientWithWorkers();
    const both = [client.compile(cell("const a = 1")), client.compile(cell("const b = 2"))];
    for (const request of [...workers[0]!.requests].reverse()) workers[0]!.reply(answer(request));
    const [a, b] = await Promise.all(both);
    expect([a!.outputs, b!.outputs]).toEqual([["a"], ["b"]]);
  });

  it("resolves for a cell with a problem: that is an answer", async () => {
    const { client, workers } = clientWithWorkers();
    const compiling = client.compile(cell("enum E {}"));
    workers[0]!.reply(answer(workers[0]!.requests[0]!));
    await expect(compiling).resolves.toMatchObject({ problem: { code: "not-erasable" } });
  });

  it("rejects with the worker's own error when the compiler fails", async () => {
    const { client, workers } = clientWithWorkers();
    const compiling = client.compile(cell("1"));
    const error = { name: "RangeError", message: "too deep", stack: "RangeError: too deep\n    at parse" };
    workers[0]!.reply({ id: workers[0]!.requests[0]!.id, ok: false, error });
    await expect(compiling).rejects.toMatchObject(error);
  });

  it("rejects what waits when the worker fails, and starts another for the next request", async () => {
    const { client, workers } = clientWithWorkers();
    const compiling = client.compile(cell("1"));
    workers[0]!.emit("error", { message: "404" });
    await expect(compiling).rejects.toThrow(/could not be started or has failed: 404/);
    expect(workers[0]!.terminated).toBe(true);
    void client.compile(cell("2"));
    expect(workers).toHaveLength(2);
  });

  it("ends its worker and rejects what waits when it is disposed of", async () => {
    const { client, workers } = clientWithWorkers();
    const compiling = client.compile(cell("1"));
    client.dispose();
    await expect(compiling).rejects.toThrow(/disposed/);
    await expect(client.compile(cell("2"))).rejects.toThrow(/disposed/);
    expect(workers).toHaveLength(1);
    expect(workers[0]!.terminated).toBe(true);
  });
});

describe("the language worker's answer", () => {
  it("is a program under the request's id", () => {
    expect(answer({ id: 7, type: "compile", cell: cell("1 + x") })).toMatchObject({
      id: 7,
      ok: true,
      program: { form: "expression", inputs: [{ name: "x" }] },
    });
  });

  it("is an error by name for a request that it does not know", () => {
    const request = { id: 8, type: "format", cell: cell("1") } as unknown as ToLanguageWorker;
    expect(answer(request)).toMatchObject({
      id: 8,
      ok: false,
      error: { message: expect.stringContaining('"format"') as string },
    });
  });

  it("is an error when the compiler throws", () => {
    const request = { id: 9, type: "compile", cell: { id: "a" } } as unknown as ToLanguageWorker;
    expect(answer(request)).toMatchObject({ id: 9, ok: false, error: { name: "TypeError" } });
  });
});
