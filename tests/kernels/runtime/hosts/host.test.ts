import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHost, type Host } from "../../../../kernels/runtime/hosts/host.ts";
import { assetUrl } from "../../../../kernels/runtime/modules.ts";
import type {
  FetchedResponse,
  FromKernel,
  KernelRequest,
  Result,
} from "../../../../kernels/runtime/protocol.ts";

type FetchRequest = Extract<KernelRequest, { kind: "fetch" }>;

let host: Host;
let sent: FromKernel[];
const globals = { fetch: globalThis.fetch, scheduler: (globalThis as { scheduler?: unknown }).scheduler };

beforeEach(() => {
  sent = [];
  host = createHost({
    send: (message) => sent.push(structuredClone(message)),
    backend: "cpu",
    importBundle: () => Promise.reject(new Error("no bundle")),
    immediate: setImmediate,
  });
});

afterEach(() => {
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
});

async function lastRequest() {
  return vi.waitFor(() => {
    const message = sent.findLast((one) => one.type === "request");
    expect(message).toBeDefined();
    return message!;
  });
}

/** Has the host fetch, and answers as a page would. */
async function fetchWith(result: Result, ...request: Parameters<typeof fetch>) {
  const response = fetch(...request);
  response.catch(() => {});
  const { id, what } = await lastRequest();
  host.receive({ type: "reply", id, result });
  return { what: what as FetchRequest, response };
}

const answer = (fields: Partial<FetchedResponse> = {}): Result => ({
  ok: true,
  value: {
    url: "https://x.example/a",
    status: 200,
    statusText: "OK",
    headers: [["x-a", "1"]],
    body: new ArrayBuffer(2),
    ...fields,
  },
});

const decode = (body?: ArrayBuffer) => new TextDecoder().decode(body);

it("a host says that its kernel is ready", () => {
  expect(sent).toEqual([{ type: "ready" }]);
});

describe("fetch in a kernel", () => {
  it("leaves a relative URL relative, and gives a response as it was answered", async () => {
    const { what, response } = await fetchWith(answer(), "data/a.csv");
    expect(what).toEqual({ kind: "fetch", url: "data/a.csv", method: "GET", headers: [], body: undefined });
    const { url, status, statusText, headers } = await response;
    expect([url, status, statusText, headers.get("x-a")]).toEqual(["https://x.example/a", 200, "OK", "1"]);
    expect((await (await response).arrayBuffer()).byteLength).toBe(2);
  });

  it("passes on method, headers and body, with the type that goes with the body", async () => {
    const { what } = await fetchWith(answer(), new URL("https://x.example/a"), {
      method: "post",
      headers: { "X-Key": "1" },
      body: new URLSearchParams({ q: "말" }),
    });
    expect(what).toMatchObject({ url: "https://x.example/a", method: "POST" });
    expect(Object.fromEntries(what.headers)).toEqual({
      "x-key": "1",
      "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
    });
    expect(decode(what.body)).toBe("q=%EB%A7%90");
  });

  it("keeps a type that the cell has named itself", async () => {
    const { what } = await fetchWith(answer(), "a", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    expect(what.headers).toEqual([["content-type", "application/json"]]);
  });

  it("takes a Request, and options over it", async () => {
    const request = new Request("https://x.example/a", {
      method: "PUT",
      headers: { a: "1" },
      body: "from the request",
    });
    const first = await fetchWith(answer(), request.clone());
    expect([first.what.method, decode(first.what.body)]).toEqual(["PUT", "from the request"]);
    expect(Object.fromEntries(first.what.headers)).toMatchObject({ a: "1" });
    sent = [];
    const second = await fetchWith(answer(), request, {
      method: "PATCH",
      headers: { b: "2" },
      body: "over it",
    });
    expect([second.what.method, decode(second.what.body)]).toEqual(["PATCH", "over it"]);
    expect(Object.fromEntries(second.what.headers)).not.toHaveProperty("a");
  });

  it.each([204, 205, 304])("gives a response without a body for status %i", async (status) => {
    const { response } = await fetchWith(answer({ status, body: new ArrayBuffer(0) }), "a");
    expect([(await response).status, (await response).body]).toEqual([status, null]);
  });

  it("fails with the page's refusal, its code and both languages kept", async () => {
    const error = { name: "KernelError", code: "host-not-allowed", text: { en: "No.", ko: "안 됩니다." } };
    const { response } = await fetchWith({ ok: false, error }, "https://elsewhere.example");
    await expect(response).rejects.toMatchObject({
      name: "KernelError",
      code: "host-not-allowed",
      text: error.text,
      message: "No.",
    });
  });

  it("asks for a bundle's own file by its name", async () => {
    const response = fetch(assetUrl("kernel.wasm"));
    const { id, what } = await lastRequest();
    expect(what).toEqual({ kind: "asset", name: "kernel.wasm" });
    host.receive({ type: "reply", id, result: { ok: true, value: new ArrayBuffer(3) } });
    expect((await (await response).arrayBuffer()).byteLength).toBe(3);
  });

  it("is stopped by its signal, before it asks and while it waits", async () => {
    await expect(fetch("a", { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    expect(sent.filter(({ type }) => type === "request")).toEqual([]);
    const controller = new AbortController();
    const response = fetch("a", { signal: controller.signal });
    await lastRequest();
    controller.abort(new Error("enough"));
    await expect(response).rejects.toThrow("enough");
  });
});

it("an answer that nobody waits for changes nothing", () => {
  expect(() => host.receive({ type: "reply", id: 99, result: { ok: true, value: 1 } })).not.toThrow();
});
