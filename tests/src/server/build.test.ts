import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildToyService, post } from "./toy-service.ts";
import { createToy } from "./toy-model.ts";

describe("predictions", () => {
  it("of one text and of a list, in their order", async () => {
    const service = await buildToyService();
    const one = await post(service, "/v1/classify", { text: "two words" });
    expect(one.statusCode).toBe(200);
    expect(one.json()).toEqual({ model: "toy-classify", predictions: [{ label: "even", score: 0.75 }] });
    const list = await post(service, "/v1/translate", { text: ["a b", "c d e"] });
    expect(list.json()).toEqual({
      model: "toy-translate",
      predictions: [{ text: "b a" }, { text: "e d c" }],
    });
  });

  it("come with scores and alternatives where they are asked for", async () => {
    const service = await buildToyService();
    const classified = await post(service, "/v1/classify", { text: "a", scores: true });
    expect(classified.json().predictions[0].scores).toHaveLength(2);
    const written = await post(service, "/v1/generate", {
      model: "toy-generate",
      text: "a b",
      scores: true,
      options: { numBeams: 4, numReturnSequences: 2 },
    });
    expect(written.json().predictions).toEqual([
      {
        text: "b a",
        score: -1,
        alternatives: [
          { text: "b a 0", score: -1 },
          { text: "b a 1", score: -1 },
        ],
      },
    ]);
  });

  it("hold spans with the places of their characters", async () => {
    const service = await buildToyService();
    const reply = await post(service, "/v1/label", { text: "😀 ANNA met BOB" });
    expect(reply.json().predictions[0].spans).toEqual([
      { start: 3, end: 7, text: "ANNA", label: "NAME" },
      { start: 12, end: 15, text: "BOB", label: "NAME" },
    ]);
  });

  it("take transformers' option names as they are in Python", async () => {
    const toy = createToy({ task: "generate" });
    const service = await buildToyService({ toys: [toy] });
    const options = { num_beams: 3, lengthPenalty: 0.5, no_repeat_ngram_size: 2 };
    expect((await post(service, "/v1/generate", { text: "a", options })).statusCode).toBe(200);
    expect(toy.batches[0].options.generation).toEqual({
      numBeams: 3,
      lengthPenalty: 0.5,
      noRepeatNgramSize: 2,
    });
    const twice = await post(service, "/v1/generate", { text: "a", options: { num_beams: 3, numBeams: 2 } });
    expect(twice.json().error.message).toContain("numBeams twice");
  });

  it("are sent token by token as server-sent events", async () => {
    const service = await buildToyService();
    const reply = await post(service, "/v1/translate", { text: ["a b", "c"], stream: true });
    expect(reply.headers["content-type"]).toMatch(/^text\/event-stream/);
    expect(reply.headers["x-content-type-options"]).toBe("nosniff");
    const events = reply.body
      .trim()
      .split("\n\n")
      .map((event) => /^event: (\w+)\ndata: (.*)$/.exec(event)!)
      .map(([, name, data]) => [name, JSON.parse(data)]);
    expect(events).toEqual([
      ["token", { index: 0, sequence: 0, token: "b", text: "b" }],
      ["token", { index: 0, sequence: 0, token: "a", text: "b a" }],
      ["token", { index: 1, sequence: 0, token: "c", text: "c" }],
      ["done", { model: "toy-translate", predictions: [{ text: "b a" }, { text: "c" }] }],
    ]);
  });

  it("that fail while they are streamed end with an error event", async () => {
    const service = await buildToyService();
    const reply = await post(service, "/v1/translate", { text: "refuse me", stream: true });
    expect(reply.body).toBe(
      'event: error\ndata: {"error":{"code":"invalid-input","message":"The toy does not take this text."}}\n\n',
    );
  });
});

describe("which model is asked", () => {
  it("is the one that is named, or the only one for the task", async () => {
    const toys = [
      createToy({ task: "translate", id: "ko-en" }),
      createToy({ task: "translate", id: "en-ko" }),
    ];
    const service = await buildToyService({ toys });
    expect((await post(service, "/v1/translate", { text: "a", model: "en-ko" })).json().model).toBe("en-ko");
    const either = await post(service, "/v1/translate", { text: "a" });
    expect([either.statusCode, either.json().error]).toEqual([
      400,
      { code: "model-needed", message: "Say which `model`: ko-en, en-ko." },
    ]);
    expect((await post(service, "/v1/translate", { text: "a", model: "fr" })).statusCode).toBe(404);
    expect((await post(service, "/v1/label", { text: "a" })).json().error.code).toBe("unknown-model");
    expect((await post(service, "/v1/label", { text: "a", model: "ko-en" })).json().error.code).toBe(
      "wrong-task",
    );
  });

  it("is listed with what is known of it", async () => {
    const service = await buildToyService({ toys: [createToy({ task: "classify" })] });
    expect((await service.app.inject("/v1/models")).json()).toEqual({
      models: [
        {
          id: "toy-classify",
          ready: true,
          task: "classify",
          modelType: "toy 1",
          labels: ["even", "odd"],
          version: "1",
        },
      ],
    });
  });
});

describe("the limits", () => {
  it.each([
    ["a long text", { text: "a".repeat(21) }, 413, "text-too-long", "body/text must NOT have more than 20"],
    ["a long text in a list", { text: ["b", "a".repeat(21)] }, 413, "text-too-long", "body/text/1"],
    ["too many texts", { text: ["a", "a", "a", "a"] }, 413, "too-many-texts", "more than 3"],
    ["an empty list", { text: [] }, 400, "invalid-request", "fewer than 1"],
    ["an empty text", { text: "" }, 400, "invalid-request", "body/text must NOT have fewer than 1"],
    ["a number", { text: 3 }, 400, "invalid-request", "body/text must be string or array"],
    ["no text", {}, 400, "invalid-request", "'text'"],
    ["an unknown field", { text: "a", txt: "a" }, 400, "invalid-request", 'no field "txt"'],
    ["half a surrogate pair", { text: "a\ud800" }, 400, "malformed-text", "surrogate"],
    ["an unknown option", { text: "a", options: { beams: 2 } }, 400, "invalid-request", 'no field "beams"'],
    [
      "too many beams",
      { text: "a", options: { numBeams: 99 } },
      400,
      "invalid-request",
      "numBeams must be <= 16",
    ],
    [
      "a text as a number",
      { text: "a", options: { numBeams: "2" } },
      400,
      "invalid-request",
      "must be integer",
    ],
    ["a whole large body", { text: "a".repeat(3000) }, 413, "body-too-large", "large"],
  ])("refuse %s", async (_, payload, status, code, message) => {
    const service = await buildToyService({ maxTextLength: 20, maxTexts: 3, maxBodyBytes: 2000 });
    const reply = await post(service, "/v1/translate", payload);
    expect([reply.statusCode, reply.json().error.code]).toEqual([status, code]);
    expect(reply.json().error.message).toContain(message);
  });

  it("count characters, not UTF-16 units", async () => {
    const service = await buildToyService({ maxTextLength: 3 });
    expect((await post(service, "/v1/classify", { text: "😀😀😀" })).statusCode).toBe(200);
  });

  it("of requests in a minute hold for each client", async () => {
    const service = await buildToyService({ rateLimit: 2 });
    const from = (remoteAddress: string) =>
      service.app.inject({ method: "POST", url: "/v1/classify", payload: { text: "a" }, remoteAddress });
    await from("10.0.0.1");
    await from("10.0.0.1");
    const third = await from("10.0.0.1");
    expect([third.statusCode, third.json().error.code]).toEqual([429, "rate-limited"]);
    expect(Number(third.headers["retry-after"])).toBeGreaterThan(0);
    expect((await from("10.0.0.2")).statusCode).toBe(200);
    expect((await service.app.inject({ url: "/healthz", remoteAddress: "10.0.0.1" })).statusCode).toBe(200);
  });

  it("that make no sense together are refused at the start", async () => {
    await expect(buildToyService({ maxTexts: 65, maxQueue: 64 })).rejects.toThrow("maxQueue (64)");
    await expect(buildToyService({ maxRows: 0.5 })).rejects.toThrow("maxRows must be a whole number");
  });
});

describe("API keys", () => {
  const keys = { apiKeys: ["correct-horse", "battery-staple"] };

  it.each([
    ["none", {}, 401],
    ["a wrong one", { authorization: "Bearer correct-horsf" }, 401],
    ["the beginning of one", { authorization: "Bearer correct" }, 401],
    ["another scheme", { authorization: "Basic correct-horse" }, 401],
    ["the first", { authorization: "Bearer correct-horse" }, 200],
    ["the second, in a header of its own", { "x-api-key": "battery-staple" }, 200],
  ])("are wanted: %s", async (_, headers, status) => {
    const service = await buildToyService(keys);
    const reply = await service.app.inject({
      method: "POST",
      url: "/v1/classify",
      headers: headers as Record<string, string>,
      payload: { text: "a" },
    });
    expect(reply.statusCode).toBe(status);
    const metrics = await service.app.inject({ url: "/metrics", headers: headers as Record<string, string> });
    expect(metrics.statusCode).toBe(status);
  });

  it("are not asked for by those who look whether the service lives", async () => {
    const service = await buildToyService(keys);
    for (const url of ["/healthz", "/readyz", "/openapi.json", "/docs/"])
      expect((await service.app.inject(url)).statusCode, url).toBe(200);
  });
});

describe("the log", () => {
  it("tells route, model, status and time, and no word of a text", async () => {
    const service = await buildToyService();
    await post(service, "/v1/translate", { text: ["my secret", "another secret"], stream: true });
    await post(service, "/v1/classify?q=secret", { text: "secret" });
    await post(service, "/v1/classify", '{"text": "secret" oops');
    await post(service, "/v1/classify", { text: "fail" });
    await service.app.inject("/secret");
    const lines = service
      .log()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter(({ msg }) => msg === "answered");
    expect(lines.map(({ route, status, model, texts }) => [route, status, model, texts])).toEqual([
      ["/v1/translate", 200, "toy-translate", 2],
      ["/v1/classify", 200, "toy-classify", 1],
      ["/v1/classify", 400, undefined, undefined],
      ["/v1/classify", 500, "toy-classify", 1],
      ["none", 404, undefined, undefined],
    ]);
    expect(service.log()).not.toContain("secret");
    expect(service.log()).toContain("The toy failed.");
  });
});

describe("other sites", () => {
  it("may call only where they are listed", async () => {
    const service = await buildToyService({ origins: ["https://example.org"] });
    const from = (origin: string) => service.app.inject({ url: "/v1/models", headers: { origin } });
    expect((await from("https://example.org")).headers["access-control-allow-origin"]).toBe(
      "https://example.org",
    );
    expect((await from("https://example.com")).headers["access-control-allow-origin"]).toBeUndefined();
    const alone = await buildToyService();
    const reply = await alone.app.inject({ url: "/v1/models", headers: { origin: "https://example.org" } });
    expect(reply.headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("metrics", () => {
  it("count requests, batches, refusals and loads", async () => {
    const service = await buildToyService();
    await post(service, "/v1/classify", { text: ["a", "b"] });
    await post(service, "/v1/classify", { text: 3 });
    const { body, headers } = await service.app.inject("/metrics");
    expect(headers["content-type"]).toContain("text/plain");
    expect(body).toContain('gongbu_request_seconds_count{method="POST",route="/v1/classify",status="200"} 1');
    expect(body).toContain('gongbu_batch_texts_sum{model="toy-classify"} 2');
    expect(body).toContain('gongbu_refused_total{code="invalid-request"} 1');
    expect(body).toContain('gongbu_model_loads_total{model="toy-classify",outcome="loaded"} 1');
  });
});

describe("the course", () => {
  it("is served from the same process, isolated", async () => {
    const course = await mkdtemp(join(tmpdir(), "gongbu-course-"));
    onTestFinished(() => rm(course, { recursive: true }));
    await writeFile(join(course, "index.html"), "<h1>공부</h1>");
    const service = await buildToyService({ course });
    const page = await service.app.inject("/");
    expect([page.statusCode, page.body]).toEqual([200, "<h1>공부</h1>"]);
    expect(page.headers).toMatchObject({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
    });
    expect((await service.app.inject("/nowhere")).json().error.code).toBe("not-found");
    expect((await service.app.inject("/%2e%2e/package.json")).statusCode).toBe(404);
    expect((await service.app.inject("/v1/translate")).statusCode).toBe(405);
  });
});

describe("an address or method that is not there", () => {
  it("is told apart", async () => {
    const service = await buildToyService();
    const nowhere = await service.app.inject("/v2/translate");
    expect([nowhere.statusCode, nowhere.json().error.code]).toEqual([404, "not-found"]);
    const get = await service.app.inject("/v1/translate");
    expect([get.statusCode, get.headers.allow, get.json().error.code]).toEqual([
      405,
      "POST",
      "method-not-allowed",
    ]);
    const text = await service.app.inject({
      method: "POST",
      url: "/v1/classify",
      headers: { "content-type": "text/plain" },
      payload: "text",
    });
    expect([text.statusCode, text.json().error.code]).toEqual([415, "unsupported-media-type"]);
  });
});
