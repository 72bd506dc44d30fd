import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EncoderClassifier } from "../../kernels/nlp/nn/index.ts";
import { exportOnnx, type HubFiles } from "../../kernels/nlp/onnx/index.ts";
import { trainWordPiece } from "../../kernels/nlp/text/index.ts";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import {
  expectAllDone,
  expectHint,
  expectInside,
  lecturePath,
  outputOf,
  shown,
  valueOf,
  verdictOf,
  type Interval,
} from "./lecture-runs.ts";

const path = lecturePath("02-transformer-classifier");

describe("lecture 02", () => {
  let english: NotebookRun;
  let korean: NotebookRun;

  beforeAll(async () => {
    english = await runNotebook({
      path,
      small: true,
      set: { language: "en", winnerGuess: "bag", maskGuess: "many" },
    });
    korean = await runNotebook({ path, small: true, solutions: true, set: { language: "ko" } });
  }, 300_000);

  it("runs every cell to its end in both languages", () => {
    expectAllDone([english, korean]);
  });

  it("puts one class, the bag and the Transformer side by side, each with its interval", () => {
    const { intervals } = valueOf<{ intervals: Record<string, Interval> }>(english, "compare");
    expect(Object.keys(intervals)).toEqual(["majority", "bag", "transformer"]);
    expect(intervals.majority.value).toBeCloseTo(0.25, 1);
    expect(intervals.bag.low).toBeGreaterThan(intervals.majority.high);
    for (const interval of Object.values(intervals)) expectInside(interval);
  });

  it("changes answers when the mask is dropped, and none when it is there", () => {
    for (const run of [english, korean]) {
      const { changed } = valueOf<{ changed: { masked: number; unmasked: number } }>(run, "masks");
      expect(changed.masked).toBe(0);
      expect(changed.unmasked).toBeGreaterThan(0);
    }
  });

  it("reads a sentence alike with any padding as long as the mask stands", async () => {
    const run = await runNotebook({
      path,
      small: true,
      cells: ["padded"],
      set: { language: "en", padding: 40, useMask: true },
    });
    const { bare, withPadding } = valueOf<Record<string, number[]>>(run, "padded");
    withPadding.forEach((probability, i) => expect(probability).toBeCloseTo(bare[i], 4));
  });

  it("draws each layer's heads over the sentence's own pieces", () => {
    const output = outputOf(english, { id: "heat-map", kind: "attention" });
    const { views } = output as unknown as {
      views: { queries: string[]; weights: number[][][][] }[];
    };
    expect(views[0].queries.at(0)).toBe("[CLS]");
    expect(views[0].weights.map((heads) => heads.length)).toEqual([4, 4]);
    for (const row of views[0].weights[1][3])
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 2);
  });

  it("judges stub and solution of each exercise", () => {
    for (const id of ["check-mean", "check-pad"]) {
      expect(verdictOf(english, id).passed).toBe(false);
      expect(verdictOf(korean, id).passed).toBe(true);
    }
  });

  const mean = "function meanPool(vectors: readonly number[][], attentionMask: readonly number[]): number[] ";
  const pad = "function padBatch(rows: readonly number[][]): { ids: number[][]; attentionMask: number[][] } ";
  const filled =
    "const n = Math.max(...rows.map((row) => row.length)); const ids = rows.map((row) => [...row, ...new Array<number>(n - row.length).fill(0)]);";
  const wrong: [string, string, string, RegExp][] = [
    [
      "check-mean",
      "my-mean",
      `${mean}{ return vectors[0].map((_, i) => vectors.reduce((s, v) => s + v[i], 0) / vectors.length) }`,
      /padding is in your mean/,
    ],
    [
      "check-mean",
      "my-mean",
      `${mean}{ return vectors[0].map((_, i) => vectors.reduce((s, v, t) => s + attentionMask[t] * v[i], 0)) }`,
      /That is the sum/,
    ],
    [
      "check-mean",
      "my-mean",
      `${mean}{ const n = attentionMask.filter((x) => x).length; return vectors[0].map((_, i) => vectors.reduce((s, v, t) => s + attentionMask[t] * v[i], 0) / n) }`,
      /nothing to divide by/,
    ],
    [
      "check-pad",
      "my-pad",
      `${pad}{ ${filled} return { ids, attentionMask: ids.map((row) => row.map(() => 1)) } }`,
      /that is the switch/,
    ],
    [
      "check-pad",
      "my-pad",
      `${pad}{ const n = Math.max(...rows.map((row) => row.length)); const ids = rows.map((row) => [...new Array<number>(n - row.length).fill(0), ...row]); return { ids, attentionMask: ids } }`,
      /fill in front/,
    ],
  ];
  it.each(wrong)("%s tells what is wrong: %#", async (check, cell, code, hint) => {
    await expectHint(path, { stub: cell, code, check }, hint);
  });
});

describe("the hub cell of lecture 02", () => {
  let hub: Server;
  let files: HubFiles;

  beforeAll(async () => {
    await tf.setBackend("cpu");
    const tokenizer = trainWordPiece(["This person feels joy.", "sadness anger fear", "I am here."], {
      vocabSize: 100,
      template: "bert",
    });
    const model = new EncoderClassifier({
      vocabSize: tokenizer.vocabSize,
      classes: 3,
      hiddenSize: 16,
      numLayers: 1,
      maxLength: 256,
      seed: 1,
    });
    const labels = ["entailment", "neutral", "contradiction"];
    files = await exportOnnx(model, { tokenizer, labels, quantize: true });
    // The hub's layout: /OWNER/MODEL/resolve/REVISION/FILE
    hub = createServer((request, response) => {
      const [, file] = /^\/tiny\/nli\/resolve\/main\/(.+)$/.exec(request.url ?? "") ?? [];
      const bytes = file === undefined ? undefined : files.get(file);
      if (!bytes) return void response.writeHead(404).end();
      response
        .writeHead(200, { "content-length": bytes.length })
        .end(request.method === "HEAD" ? undefined : bytes);
    });
    await new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve));
  });

  afterAll(() => new Promise((resolve) => hub.close(resolve)));

  it("classifies without labels of ours when the hub answers", async () => {
    const { port } = hub.address() as AddressInfo;
    const run = await runNotebook({
      path,
      small: true,
      cells: ["hub", "hub-result"],
      hosts: [`127.0.0.1:${port}`],
      set: { language: "en", hubHost: `http://127.0.0.1:${port}/`, hubModel: "tiny/nli" },
    });
    const { hubAnswers } = valueOf<{ hubAnswers: number[] | null }>(run, "hub");
    expect(hubAnswers).toHaveLength(2);
    for (const answer of hubAnswers!) expect([0, 1, 2, 3]).toContain(answer);
    expect(shown(run, "hub-result")).toContain("hub model");
  }, 120_000);

  it("says why there are no numbers when it does not, in each language", async () => {
    const run = await runNotebook({ path, small: true, cells: ["hub"], set: { language: "ko" } });
    expect(valueOf<{ hubAnswers: null }>(run, "hub").hubAnswers).toBeNull();
    const { markdown } = outputOf(run, { id: "hub", kind: "markdown" })!;
    expect(markdown).toMatchObject({
      en: expect.stringMatching(/^The hub's model is not there: .*huggingface\.co/) as string,
      ko: expect.stringMatching(
        /^허브의 모델을 가져오지 못했습니다: .*huggingface\.co.*허브의 모델을 쓰려면/,
      ) as string,
    });
  });

  it("gives the message of an error that is in one language only", async () => {
    const { port } = hub.address() as AddressInfo;
    const run = await runNotebook({
      path,
      small: true,
      cells: ["hub"],
      hosts: [`127.0.0.1:${port}`],
      set: { language: "ko", hubHost: `http://127.0.0.1:${port}/`, hubModel: "tiny/unknown" },
    });
    const message = /: (.*tiny\/unknown\S*)/;
    const { markdown } = outputOf(run, { id: "hub", kind: "markdown" })!;
    const { en, ko } = markdown as { en: string; ko: string };
    expect(ko).toMatch(/^허브의 모델을 가져오지 못했습니다/);
    expect(message.exec(ko)?.[1]).toBe(message.exec(en)![1]);
  });
});
