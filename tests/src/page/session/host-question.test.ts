import { signal } from "@preact/signals";
import { describe, expect, test } from "vitest";
import type { Output, PlainError } from "../../../../kernels/runtime/display/output.ts";
import { checkFetch } from "../../../../src/page/kernel/fetching.ts";
import { createHostQuestion, maybeRefusedCell } from "../../../../src/page/session/index.ts";
import { cell, createFakeSession } from "./fake-session.ts";

function refuse(url: string): PlainError {
  const policy = { base: "https://course.example/", hosts: ["hf.co"] };
  const answer = checkFetch({ kind: "fetch", url, method: "GET", headers: [] }, policy);
  if (answer instanceof URL) throw new Error(`${url} is not refused.`);
  return { name: "FetchError", code: answer.code, text: answer.text };
}

describe("the question about a host", () => {
  test("is put when a cell is refused one, and stands until it is answered", async () => {
    const { session } = createFakeSession({ a: {} });
    const ask = createHostQuestion(session);
    await session.run(cell("a"));
    ask("example.com");
    await session.run(cell("a"));
    ask("evil.example");
    expect(session.notices.value).toEqual([{ kind: "host-refused", host: "example.com" }]);
  });

  test("is put once for each time that the reader runs something, whatever the cell goes on asking for", async () => {
    const { session } = createFakeSession({ a: {} });
    const ask = createHostQuestion(session);
    await session.run(cell("a"));
    ask("example.com");
    session.dismiss("host-refused");
    ask("example.com");
    ask("evil.example");
    expect(session.notices.value).toEqual([]);
    await session.run(cell("a"));
    ask("example.com");
    expect(session.notices.value).toEqual([{ kind: "host-refused", host: "example.com" }]);
  });
});

describe("word that a host is allowed", () => {
  test("goes once the reader runs something again, as it said", async () => {
    const { session } = createFakeSession({ a: {} });
    session.notify({ kind: "host-allowed", host: "example.com" });
    await session.run(cell("a"));
    expect(session.notices.value).toEqual([]);
  });
});

describe("the cell that was refused a host", () => {
  function failing(errors: Readonly<Record<string, PlainError>>) {
    const { session } = createFakeSession({ a: {}, b: {} });
    for (const [id, error] of Object.entries(errors)) {
      session.getCell(cell(id)).slots.value = [{ slot: 0, output: signal<Output>({ kind: "error", error }) }];
    }
    return session.cells;
  }

  test("is the one whose error says so, as its own or as the cause of another", () => {
    const error = refuse("https://example.com/");
    expect(maybeRefusedCell(failing({ b: error }), "example.com")).toBe("b");
    const wrapped = { name: "Error", text: "no poem", cause: error };
    expect(maybeRefusedCell(failing({ a: wrapped }), "example.com")).toBe("a");
  });

  test("is not known where none failed so, where another host was meant, or where two did", () => {
    const error = refuse("https://example.com/");
    expect(maybeRefusedCell(failing({}), "example.com")).toBeUndefined();
    expect(
      maybeRefusedCell(failing({ a: refuse("https://my.example.com/") }), "example.com"),
    ).toBeUndefined();
    expect(maybeRefusedCell(failing({ a: error, b: error }), "example.com")).toBeUndefined();
  });
});
