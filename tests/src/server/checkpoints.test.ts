/** Models of the library, trained a little, saved, and served from their folders in threads of their own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { generateText } from "../../../kernels/nlp/decode/index.ts";
import {
  CausalLanguageModel,
  EncoderClassifier,
  SequenceLabeller,
  toDecoder,
  TransformerSeq2Seq,
  type AnyModel,
} from "../../../kernels/nlp/nn/index.ts";
import { trainWordPiece, type Tokenizer } from "../../../kernels/nlp/text/index.ts";
import { packCheckpoint, saveCheckpoint, toTokenInput } from "../../../kernels/nlp/train/index.ts";
import { createFolderModels } from "../../../kernels/runtime/hosts/node-models.ts";
import { createFolderSource, findModelFolders, startService } from "../../../src/server/index.ts";

await tf.setBackend("cpu");

const texts = ["나는 오늘 기쁘다", "비가 와서 슬프다", "민수는 서울에 간다"];
const classifierTokens = trainWordPiece(texts, { vocabSize: 80, minFrequency: 1 });
const writerTokens = trainWordPiece(texts, { vocabSize: 80, minFrequency: 1, template: "sequence" });
const sizes = { hiddenSize: 16, numLayers: 1, numHeads: 2, maxLength: 24, seed: 3 };
const [bosTokenId, eosTokenId] = [writerTokens.bosTokenId as number, writerTokens.eosTokenId as number];

const models: Record<string, { model: AnyModel; tokenizer: Tokenizer; labels?: string[] }> = {
  emotion: {
    model: new EncoderClassifier({ ...sizes, vocabSize: classifierTokens.vocabSize, classes: 2 }),
    tokenizer: classifierTokens,
    labels: ["기쁨", "슬픔"],
  },
  names: {
    model: new SequenceLabeller({
      vocabSize: classifierTokens.vocabSize,
      hiddenSize: 8,
      classes: 3,
      seed: 4,
    }),
    tokenizer: classifierTokens,
    labels: ["O", "B-PER", "I-PER"],
  },
  translator: {
    model: new TransformerSeq2Seq({ ...sizes, vocabSize: writerTokens.vocabSize, bosTokenId, eosTokenId }),
    tokenizer: writerTokens,
  },
  storyteller: {
    model: new CausalLanguageModel({ ...sizes, vocabSize: writerTokens.vocabSize, bosTokenId, eosTokenId }),
    tokenizer: writerTokens,
  },
};

let folder: string;
let service: Awaited<ReturnType<typeof startService>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongbu-models-"));
  for (const [name, { model, tokenizer, labels }] of Object.entries(models)) {
    await mkdir(join(folder, name));
    for (const [file, bytes] of await saveCheckpoint(model.eval(), { tokenizer, labels }))
      await writeFile(join(folder, name, file), bytes);
  }
  const sources = (await findModelFolders([folder])).map(createFolderSource);
  service = await startService({ sources, port: 0, rateLimit: 0, reloadMs: 100 });
}, 120_000);

afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

async function ask(path: string, body: object) {
  const response = await fetch(`${service.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    body: (await response.json()) as {
      predictions: Record<string, never>[];
      error: { code: string; message: string };
    },
  };
}

describe("a checkpoint that is served", () => {
  it("classifies as the library does", async () => {
    const { body } = await ask("/v1/classify", { text: texts, scores: true });
    const { model } = models.emotion;
    const expected = tf.tidy(
      () =>
        tf
          .softmax(
            (model as EncoderClassifier).forward(
              toTokenInput(texts.map((text) => classifierTokens.encode(text))),
            ),
          )
          .arraySync() as number[][],
    );
    body.predictions.forEach(({ scores }, row) => {
      for (const { label, score } of scores as { label: string; score: number }[])
        expect(score).toBeCloseTo(expected[row][["기쁨", "슬픔"].indexOf(label)], 4);
    });
  });

  it("labels spans at their places in the text", async () => {
    const { body } = await ask("/v1/label", { text: texts });
    body.predictions.forEach(({ spans }, row) => {
      for (const span of spans as {
        start: number;
        end: number;
        text: string;
        label: string;
        score: number;
      }[]) {
        expect(texts[row].slice(span.start, span.end)).toBe(span.text);
        expect(span.label).toBe("PER");
        expect(span.score).toBeGreaterThan(0);
      }
    });
  });

  it("translates as the library does, greedily and with beams, whole and as a stream", async () => {
    const { model } = models.translator;
    for (const options of [{ maxNewTokens: 8 }, { maxNewTokens: 8, numBeams: 3, numReturnSequences: 2 }]) {
      const { body } = await ask("/v1/translate", { text: texts, options, scores: true });
      const expected = await generateText(toDecoder(model as TransformerSeq2Seq), texts, {
        tokenizer: writerTokens,
        ...options,
      });
      expect(body.predictions.map(({ text }) => text)).toEqual(expected.texts);
      if (options.numReturnSequences)
        expect(
          body.predictions.map(({ alternatives }) =>
            (alternatives as { text: string }[]).map(({ text }) => text),
          ),
        ).toEqual(expected.alternatives);
    }
    const stream = await fetch(`${service.url}/v1/translate`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: texts[0], options: { maxNewTokens: 4 }, stream: true }),
    });
    const events = (await stream.text()).trim().split("\n\n");
    expect(events.filter((event) => event.startsWith("event: token")).length).toBeGreaterThan(0);
    expect(events.at(-1)).toMatch(/^event: done/);
  });

  it("writes on", async () => {
    const { status, body } = await ask("/v1/generate", {
      model: "storyteller",
      text: "나는",
      options: { doSample: true, seed: 1, maxNewTokens: 5 },
    });
    expect(status).toBe(200);
    expect(typeof body.predictions[0].text).toBe("string");
    const again = await ask("/v1/generate", {
      model: "storyteller",
      text: "나는",
      options: { doSample: true, seed: 1, maxNewTokens: 5 },
    });
    expect(again.body).toEqual(body);
  });

  it("refuses what the model cannot do with a reason, not with a failure", async () => {
    const bad = await ask("/v1/translate", { text: "나는", options: { badWordsIds: [[9999]] } });
    expect([bad.status, bad.body.error.code]).toEqual([422, "invalid-input"]);
    const tooLong = await ask("/v1/generate", { model: "storyteller", text: "나는 오늘 ".repeat(60) });
    expect([tooLong.status, tooLong.body.error.code]).toEqual([413, "text-too-long"]);
  });

  it("is exchanged for a newer one while requests come in, none of which fails", async () => {
    const newer = new EncoderClassifier({
      ...sizes,
      vocabSize: classifierTokens.vocabSize,
      classes: 2,
      seed: 99,
    });
    const files = await saveCheckpoint(newer.eval(), { tokenizer: classifierTokens, labels: ["new", "old"] });
    const about = { name: "emotion", modelType: "encoder-classifier", metrics: {} };
    const statuses: number[] = [];
    let stop = false;
    const asking = (async () => {
      while (!stop) statuses.push((await ask("/v1/classify", { text: "비" })).status);
    })();
    await createFolderModels(folder).save(about, packCheckpoint(files));
    await expect
      .poll(async () => (await ask("/v1/classify", { text: "비" })).body.predictions?.[0].label, {
        timeout: 20_000,
      })
      .toMatch(/new|old/);
    stop = true;
    await asking;
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it("that cannot be loaded is named with the reason, and nothing is served", async () => {
    const broken = await mkdtemp(join(tmpdir(), "gongbu-broken-"));
    onTestFinished(() => rm(broken, { recursive: true }));
    await cp(join(folder, "translator"), join(broken, "translator"), { recursive: true });
    await writeFile(join(broken, "translator", "model.safetensors"), "cut");
    const sources = [createFolderSource(join(broken, "translator"))];
    await expect(startService({ sources, port: 0 })).rejects.toThrow(/translator: parseSafetensors/);
    await expect(findModelFolders([join(broken, "none")])).rejects.toThrow(/no folder/);
  });
});

describe("gongbu serve", () => {
  it("finishes what it has accepted when it is told to end, and takes no more", async () => {
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL("../../../src/cli/gongbu.mjs", import.meta.url)),
        "serve",
        join(folder, "translator"),
        "--port",
        "0",
        "--quiet",
      ],
      { stdio: ["ignore", "inherit", "pipe"] },
    );
    onTestFinished(() => void child.kill("SIGKILL"));
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    await expect.poll(() => /at (http:\S+);/.exec(said)?.[1], { timeout: 60_000 }).toBeDefined();
    const url = /at (http:\S+);/.exec(said)![1];
    const body = JSON.stringify({ text: texts, options: { maxNewTokens: 20, numBeams: 6 } });
    const asked = Array.from({ length: 40 }, () =>
      fetch(`${url}/v1/translate`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      }).then(async (response) => [response.status, (await response.json()) as object] as const),
    );
    await asked[0];
    child.kill("SIGTERM");
    const answers = await Promise.all(asked);
    for (const [status, answer] of answers) {
      expect([200, 503]).toContain(status);
      expect(answer).toHaveProperty(status === 200 ? "predictions" : "error");
    }
    expect(answers.filter(([status]) => status === 200).length).toBeGreaterThan(0);
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(0);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  }, 120_000);

  it("killed while it replaces a folder leaves one that can be loaded", async () => {
    const place = await mkdtemp(join(tmpdir(), "gongbu-kill-"));
    onTestFinished(() => rm(place, { recursive: true }));
    await cp(join(folder, "emotion"), join(place, "emotion"), { recursive: true });
    const script = `
import { createFolderModels } from ${JSON.stringify(new URL("../../../kernels/runtime/hosts/node-models.ts", import.meta.url).href)};
const models = createFolderModels(${JSON.stringify(place)});
const zip = new Uint8Array(await models.load("emotion"));
console.log("begun");
for (;;) await models.save({ name: "emotion", modelType: "encoder-classifier", metrics: {} }, zip);`;
    for (const delay of [5, 20, 45, 80, 130]) {
      const file = join(place, "replace.mts");
      await writeFile(file, script);
      const child = spawn(process.execPath, ["--import", "tsx", file], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill("SIGKILL");
      await once(child, "exit");
      const zip = await createFolderModels(place).load("emotion");
      expect(zip!.byteLength).toBeGreaterThan(1000);
      expect(await readdir(place)).toContain("emotion");
    }
  }, 60_000);
});
