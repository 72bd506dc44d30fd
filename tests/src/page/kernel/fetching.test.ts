import { afterEach, describe, expect, test, vi } from "vitest";
import { answerFetch, checkFetch } from "../../../../src/page/kernel/fetching.ts";
import type { FetchPolicy, FetchRequest } from "../../../../src/page/kernel/fetching.ts";

const policy: FetchPolicy = { base: "https://course.example/gongbu/", hosts: ["huggingface.co", "hf.co"] };
const local: FetchPolicy = { ...policy, base: "http://localhost:4173/" };

function ask(url: string, spec: Partial<FetchRequest> = {}): FetchRequest {
  return { kind: "fetch", url, method: "GET", headers: [], ...spec };
}

function isAllowed(url: string, under: FetchPolicy): boolean {
  return checkFetch(ask(url), under) instanceof URL;
}

/** The host that the reader would be asked about. */
function maybeHost(url: string, under: FetchPolicy): string | undefined {
  const answer = checkFetch(ask(url), under);
  return answer instanceof URL ? undefined : answer.host;
}

afterEach(() => void vi.unstubAllGlobals());

describe("a cell's request", () => {
  test("reaches the course's data and models and the hub with the hosts below it, and nothing else by itself", () => {
    const reachable = ["data/a.tsv", "models/m/config.json", "https://hf.co/a", "https://cdn-lfs.hf.co/a"];
    expect(reachable.filter((url) => !isAllowed(url, policy))).toEqual([]);
    const refused = [
      "index.html",
      "../data/a.tsv",
      "data/../index.html",
      "https://course.example/data/a.tsv",
      "http://hf.co/a",
      "https://nothf.co/a",
      "https://example.com/",
      "//example.com/",
    ];
    expect(refused.filter((url) => isAllowed(url, policy))).toEqual([]);
  });

  test("reaches a host that the reader has allowed, by that very name and encrypted", () => {
    const allowed = { ...policy, allowed: ["example.com"] };
    expect(isAllowed("https://example.com/a?b", allowed)).toBe(true);
    const others = [
      "http://example.com/",
      "https://sub.example.com/",
      "https://example.com:8443/",
      "https://example.com.evil.org/",
      "https://example.com@evil.org/",
    ];
    expect(others.filter((url) => isAllowed(url, allowed))).toEqual([]);
  });

  test("can be allowed by the reader for a foreign host that is encrypted, and for no other", () => {
    expect(maybeHost("https://example.com/a", policy)).toBe("example.com");
    expect(maybeHost("https://example.com:8443/a", policy)).toBe("example.com:8443");
    for (const url of ["http://example.com/", "http://localhost:8000/", "ftp://example.com/", "index.html"]) {
      expect(maybeHost(url, policy)).toBeUndefined();
    }
  });

  test("can be allowed for a service on the reader's machine only where the course comes from there too", () => {
    expect(maybeHost("http://127.0.0.1:8000/", local)).toBe("127.0.0.1:8000");
    expect(isAllowed("http://127.0.0.1:8000/", { ...local, allowed: ["127.0.0.1:8000"] })).toBe(true);
    expect(isAllowed("http://127.0.0.1:8000/", { ...policy, allowed: ["127.0.0.1:8000"] })).toBe(false);
    expect(maybeHost("http://192.168.0.7/", local)).toBeUndefined();
  });

  test("never reaches the site's other files, even if the site's own host stands among the allowed", () => {
    expect(isAllowed("index.html", { ...policy, allowed: ["course.example"] })).toBe(false);
    expect(isAllowed("https://course.example/other/", { ...policy, allowed: ["course.example"] })).toBe(
      false,
    );
  });

  test("may only read, and ask a service that the reader has allowed or that serves the course", () => {
    const post = (url: string, under = policy, method = "POST") => checkFetch(ask(url, { method }), under);
    const allowed = { ...policy, allowed: ["example.com"] };
    expect(post("https://example.com/v1/translate")).toMatchObject({
      code: "host-not-allowed",
      host: "example.com",
    });
    expect(post("https://example.com/v1/translate", allowed)).toBeInstanceOf(URL);
    expect(post("v1/translate")).toBeInstanceOf(URL);
    expect(isAllowed("v1/models", policy)).toBe(true);
    const refused = [
      post("data/a.tsv"),
      post("https://huggingface.co/api", { ...policy, allowed: ["huggingface.co"] }),
      post("index.html"),
      post("https://example.com/", allowed, "PUT"),
      post("v1/models", policy, "DELETE"),
    ];
    for (const answer of refused) {
      expect(answer).toMatchObject({ code: "method-not-allowed" });
      expect(answer).not.toHaveProperty("host");
    }
  });
});

describe("an answer", () => {
  function stubFetch(url: string) {
    const response = new Response("words", { status: 200 });
    Object.defineProperty(response, "url", { value: url });
    const stub = vi.fn<typeof fetch>(() => Promise.resolve(response));
    vi.stubGlobal("fetch", stub);
    return stub;
  }

  test("is asked for without credentials, whatever headers the cell gives", async () => {
    const stub = stubFetch("https://example.com/a");
    const headers = [
      ["Cookie", "reader=secret"],
      ["authorization", "Bearer x"],
      ["accept", "text/plain"],
    ] as const;
    await answerFetch(ask("https://example.com/a", { headers }), { ...policy, allowed: ["example.com"] });
    expect(stub.mock.calls[0][1]).toMatchObject({
      credentials: "omit",
      referrerPolicy: "no-referrer",
      headers: [["accept", "text/plain"]],
    });
  });

  test("to what a cell sends comes from the host that was named, never from one that it sends on to", async () => {
    const asked = stubFetch("https://course.example/gongbu/v1/classify");
    const body = new TextEncoder().encode("{}").buffer;
    await answerFetch(ask("v1/classify", { method: "POST", body }), policy);
    expect(asked.mock.calls[0][1]).toMatchObject({
      method: "POST",
      body,
      redirect: "error",
      credentials: "omit",
    });
    const read = stubFetch("https://course.example/gongbu/v1/models");
    await answerFetch(ask("v1/models", { body }), policy);
    expect(read.mock.calls[0][1]).toMatchObject({ method: "GET", redirect: "follow" });
    expect(read.mock.calls[0][1]).not.toHaveProperty("body");
  });

  test("that does not come is said to be missing, with the host that was asked", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    const answer = await answerFetch(ask("https://huggingface.co/owner/model/config.json"), policy);
    expect(answer).toMatchObject({
      code: "missing-file",
      text: {
        en: expect.stringContaining("huggingface.co gave no answer for /owner/model/config.json.") as string,
        ko: expect.stringContaining(
          "huggingface.co에서 /owner/model/config.json에 대한 응답이 없습니다.",
        ) as string,
      },
    });
    expect(answer).not.toHaveProperty("host");
  });

  test("is not asked for where the host is refused", async () => {
    const stub = stubFetch("https://example.com/a");
    expect(await answerFetch(ask("https://example.com/a"), policy)).toMatchObject({ host: "example.com" });
    expect(stub).not.toHaveBeenCalled();
  });

  test("from another host than the one that was allowed is not handed on, and that host is named", async () => {
    stubFetch("https://elsewhere.org/b");
    const answer = await answerFetch(ask("https://example.com/a"), { ...policy, allowed: ["example.com"] });
    expect(answer).toMatchObject({ code: "host-not-allowed", host: "elsewhere.org" });
  });
});
