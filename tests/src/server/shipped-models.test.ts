/** The models that the course ships, behind the service: they load, and what they answer makes sense. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { ShippedModel } from "../../../kernels/runtime/shelf/index.ts";
import { createFolderSource, findModelFolders, startService } from "../../../src/server/index.ts";

const folder = fileURLToPath(new URL("../../../public/models", import.meta.url));
const listed = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as ShippedModel[];

let service: Awaited<ReturnType<typeof startService>>;

beforeAll(async () => {
  const sources = (await findModelFolders([folder])).map(createFolderSource);
  service = await startService({ sources, port: 0, rateLimit: 0, reloadMs: 0 });
}, 120_000);

afterAll(() => service.stop());

async function ask<T>(path: string, body: object): Promise<T[]> {
  const response = await fetch(`${service.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { predictions: T[] }).predictions;
}

describe("the models that the course ships", () => {
  it("are those of the index, each a folder of about a megabyte with a card", () => {
    const folders = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
    expect(listed.map(({ name }) => name).sort()).toEqual(folders.sort());
    for (const { name, task, score } of listed) {
      const files = ["README.md", "config.json", "model.safetensors", "tokenizer.json"];
      expect(readdirSync(join(folder, name)).sort()).toEqual(files);
      const bytes = files.reduce((sum, file) => sum + statSync(join(folder, name, file)).size, 0);
      expect(bytes).toBeLessThan(1.1 * 2 ** 20);
      const card = readFileSync(join(folder, name, "README.md"), "utf8");
      expect(card).toContain(`pipeline_tag: ${task}\n`);
      const [metric, value] = score.split(/ (?=[\d.]+$)/);
      expect(card).toMatch(
        new RegExp(`\\| ${metric} on \\d+ test sentences, 95 % interval \\| ${value} \\[`),
      );
    }
  });

  it("are better than what stands beside them in their cards", () => {
    for (const { name } of listed) {
      const card = readFileSync(join(folder, name, "README.md"), "utf8");
      const [reached, baseline] = [...card.matchAll(/\| ([\d.]+) \[[\d.]+, [\d.]+\] \|/g)].map(([, value]) =>
        Number(value),
      );
      expect(reached, name).toBeGreaterThan(baseline);
    }
  });

  it("know joy from sadness and anger from fear in both languages", async () => {
    const texts = {
      "emotion-ko": [
        "시험에 합격해서 너무 기뻐요!",
        "할머니가 돌아가셔서 너무 슬퍼요.",
        "또 약속을 어기다니 정말 화가 나.",
        "밤길이 어두워서 무서워.",
      ],
      "emotion-en": [
        "What wonderful news, I am so happy!",
        "I miss her and cannot stop crying.",
        "He lied to me again and I am furious.",
        "I am scared of the dark cellar.",
      ],
    };
    for (const [model, text] of Object.entries(texts)) {
      const answers = await ask<{ label: string; score: number }>("/v1/classify", { model, text });
      expect(
        answers.map(({ label }) => label),
        model,
      ).toEqual(["joy", "sadness", "anger", "fear"]);
    }
  });

  it("mark names to the character, without the particles that follow them", async () => {
    const answers = await ask<{ spans: { text: string; label: string }[] }>("/v1/label", {
      text: ["김민수는 서울에서 일한다.", "비가 와서 길이 미끄럽다."],
    });
    const found = answers.map(({ spans }) => spans.map(({ text, label }) => [text, label]));
    expect(found).toEqual([
      [
        ["김민수", "PER"],
        ["서울", "LOC"],
      ],
      [],
    ]);
  });

  it("translate in both directions, greedily and with beams", async () => {
    for (const options of [{}, { numBeams: 4 }]) {
      const english = await ask<{ text: string }>("/v1/translate", {
        model: "phrasebook-ko-en",
        text: ["나는 사과를 먹었어.", "엄마는 내일 시장에서 꽃을 살 거예요."],
        options,
      });
      expect(english.map(({ text }) => text)).toEqual([
        "I ate an apple.",
        "Mom will buy a flower at the market tomorrow.",
      ]);
      const korean = await ask<{ text: string }>("/v1/translate", {
        model: "phrasebook-en-ko",
        text: ["Mom ate an apple.", "The children will read a book tomorrow."],
        options,
      });
      expect(korean.map(({ text }) => text)).toEqual([
        "엄마는 사과를 먹었어요.",
        "아이들은 내일 책을 읽을 거예요.",
      ]);
    }
  });
});

describe("gongbu serve without a folder", () => {
  it("serves them, and says when there is no course beside them", async () => {
    const program = fileURLToPath(new URL("../../../src/cli/gongbu.mjs", import.meta.url));
    const child = spawn(process.execPath, [program, "serve", "--port", "0", "--quiet"], {
      stdio: ["ignore", "inherit", "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    await expect.poll(() => said, { timeout: 60_000 }).toMatch(/ at http:\S+;/);
    for (const { name } of listed) expect(said).toContain(`${name} (`);
    const isBuilt = existsSync(fileURLToPath(new URL("../../../dist/index.html", import.meta.url)));
    expect(said.includes("The course is not built")).toBe(!isBuilt);
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(0);
  }, 120_000);
});
