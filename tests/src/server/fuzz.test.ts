/** Thousands of bad requests: each ends in a 4xx that can be read, valid ones among them in 2xx, and nothing falls over. */
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { createRandom, type Random } from "../../../kernels/nlp/random.ts";
import { buildToyService } from "./toy-service.ts";

const REQUESTS = 20_000;
const PATHS = ["/v1/classify", "/v1/label", "/v1/translate", "/v1/generate"];
const ODD_TEXTS = [
  "",
  " ",
  "\u0000",
  "👩‍👩‍👧",
  "\ud800",
  "ㅎㅏㄴ",
  "a".repeat(5000),
  "\u202e",
  "[MASK]",
  "{}",
  "\\",
  '"',
];

interface Bad {
  readonly method: "POST" | "GET" | "PUT" | "DELETE" | "PATCH";
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload?: string;
  /** Whether it may be answered with 200. */
  readonly mayBeGood?: boolean;
}

const json = { "content-type": "application/json" };

function pick<T>(list: readonly T[], random: Random): T {
  return list[random.integer(list.length)];
}

function oddValue(random: Random, depth = 0): unknown {
  const kinds = depth > 3 ? 6 : 8;
  switch (random.integer(kinds)) {
    case 0:
      return null;
    case 1:
      return random.uniform() < 0.5;
    case 2:
      return pick([0, -1, 1.5, 1e308, -1e-300, 2 ** 53, NaN], random);
    case 3:
    case 4:
      return pick(ODD_TEXTS, random);
    case 5:
      return [];
    case 6:
      return Array.from({ length: random.integer(5) }, () => oddValue(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.integer(4) }, (_, i) => [
          pick(["text", "model", "options", "x", "__proto__"], random) + i,
          oddValue(random, depth + 1),
        ]),
      );
  }
}

const makers: ((random: Random) => Bad)[] = [
  // Broken JSON: cut, doubled, with something before or behind it.
  (random) => {
    const whole = JSON.stringify({ text: pick(ODD_TEXTS, random), options: { numBeams: 2 } });
    const payload = pick(
      [whole.slice(0, random.integer(whole.length)), whole + whole, `x${whole}`, "[", "nul", "{'text':'a'}"],
      random,
    );
    return { method: "POST", url: pick(PATHS, random), headers: json, payload };
  },
  // Wrong types and unknown fields.
  (random) => {
    const body: Record<string, unknown> = {
      text: "a",
      [pick(["text", "model", "scores", "options", "stream", "extra"], random)]: oddValue(random),
    };
    return {
      method: "POST",
      url: pick(PATHS, random),
      headers: json,
      payload: JSON.stringify(body),
      mayBeGood: true,
    };
  },
  // Options that cannot be.
  (random) => {
    const name = pick(
      [
        "numBeams",
        "num_beams",
        "temperature",
        "topP",
        "maxNewTokens",
        "badWordsIds",
        "seed",
        "nonsense",
        "constructor",
      ],
      random,
    );
    const payload = JSON.stringify({ text: "a", options: { [name]: oddValue(random) } });
    return { method: "POST", url: pick(PATHS.slice(2), random), headers: json, payload, mayBeGood: true };
  },
  // Deep and large.
  (random) => {
    const depth = 2 + random.integer(3000);
    const payload = `{"text":${"[".repeat(depth)}"a"${"]".repeat(depth)}}`;
    return { method: "POST", url: pick(PATHS, random), headers: json, payload };
  },
  (random) => ({
    method: "POST",
    url: pick(PATHS, random),
    headers: json,
    payload: JSON.stringify({ text: Array.from({ length: 65 + random.integer(100) }, () => "a") }),
  }),
  // Other methods, addresses, content types.
  (random) => ({
    method: pick(["GET", "PUT", "DELETE", "PATCH"], random),
    url: pick(PATHS, random),
    headers: {},
  }),
  (random) => ({
    method: "POST",
    url: pick(
      ["/v1", "/v1/", "/v1/none", "/v1/classify/x", "/%00", "/%zz", "/v1/translate?x=%", "/..%2fetc"],
      random,
    ),
    headers: json,
    payload: "{}",
  }),
  (random) => ({
    method: "POST",
    url: pick(PATHS, random),
    headers: {
      "content-type": pick(
        ["text/plain", "application/xml", "multipart/form-data", "application/json; charset=utf-16", ""],
        random,
      ),
    },
    payload: '{"text":"a"}',
    mayBeGood: true,
  }),
  // A model that is not there, or does something else.
  (random) => ({
    method: "POST",
    url: pick(PATHS, random),
    headers: json,
    payload: JSON.stringify({
      text: "a",
      model: pick(["toy-label", "none", "", "../x", "toy-classify"], random),
    }),
    mayBeGood: true,
  }),
];

it(`${REQUESTS} bad requests end in a readable 4xx, and those that are good after all in 2xx`, async () => {
  const random = createRandom(7);
  const { app } = await buildToyService();
  const counts = { good: 0, bad: 0 };
  for (let i = 0; i < REQUESTS; i++) {
    const { mayBeGood = false, ...request } = makers[i % makers.length](random);
    const reply = await app.inject(request);
    const told = `${request.method} ${request.url} ${request.payload?.slice(0, 120)} → ${reply.statusCode} ${reply.body.slice(0, 200)}`;
    if (reply.statusCode === 200) {
      expect(mayBeGood, told).toBe(true);
      counts.good++;
      continue;
    }
    if (reply.statusCode < 400 || reply.statusCode >= 500) throw new Error(told);
    const { error } = reply.json() as { error: { code: string; message: string } };
    if (!/^[a-z-]+$/.test(error.code) || error.message.length < 5) throw new Error(told);
    counts.bad++;
    // Valid ones among them.
    if (i % 50 === 0) {
      const valid = await app.inject({
        method: "POST",
        url: "/v1/classify",
        headers: json,
        payload: '{"text":"two words"}',
      });
      if (valid.statusCode !== 200) throw new Error(`a valid request got ${valid.statusCode}`);
    }
  }
  expect(counts.bad).toBeGreaterThan(REQUESTS / 2);
  expect(counts.good).toBeGreaterThan(0);
}, 240_000);

it("broken HTTP, slow bodies and cut connections leave it standing", async () => {
  const service = await buildToyService({ receiveLimitMs: 400 });
  await service.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = service.app.server.address() as AddressInfo;
  const send = (bytes: string, { endAfter }: { endAfter?: number } = {}) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      let answer = "";
      socket.setEncoding("utf8").on("data", (text: string) => {
        answer += text;
        // It may keep the connection open for the next request.
        setTimeout(() => socket.destroy(), 100);
      });
      setTimeout(() => socket.destroy(), 5000).unref();
      socket.on("close", () => resolve(answer)).on("error", () => resolve(answer));
      socket.write(bytes);
      if (endAfter !== undefined) setTimeout(() => socket.destroy(), endAfter);
    });
  const head = "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const bad = [
    "nonsense\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    `${head}Content-Length: nine\r\n\r\n`,
    `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde`,
    `${head}X: ${"a".repeat(100_000)}\r\n\r\n`,
    "GET /healthz HTTP/1.1\r\n\r\n",
    `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`,
    // A body that never comes.
    `${head}Content-Length: 100\r\n\r\n{"te`,
  ];
  for (const bytes of bad) {
    const answer = await send(bytes);
    expect([bytes.slice(0, 40), answer]).toEqual([
      bytes.slice(0, 40),
      expect.stringMatching(/^HTTP\/1\.1 4\d\d /),
    ]);
    expect(answer).toContain('"error"');
  }
  // Clients that leave in the middle.
  await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      send(`${head}Content-Length: 100\r\n\r\n{"text":"a`, { endAfter: i % 20 }),
    ),
  );
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
}, 60_000);
