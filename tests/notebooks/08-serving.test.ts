import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import {
  createFolderSource,
  findModelFolders,
  startService,
  type RunningService,
} from "../../src/server/index.ts";
import { expectAllDone, expectHint, lecturePath, shown, valueOf, verdictOf } from "./lecture-runs.ts";

const path = lecturePath("08-serving");

describe("lecture 08", () => {
  let models: string;
  let service: RunningService;
  /** By itself, and it keeps its model in a folder. */
  let alone: NotebookRun;
  /** With a service that has loaded that folder, solved. */
  let served: NotebookRun;

  beforeAll(async () => {
    models = await mkdtemp(join(tmpdir(), "gongbu-models-"));
    alone = await runNotebook({ path, small: true, models, set: { embeddingGuess: "most" } });
    const sources = (await findModelFolders([models])).map(createFolderSource);
    service = await startService({ sources, port: 0 });
    const { host } = new URL(service.url);
    served = await runNotebook({
      path,
      small: true,
      solutions: true,
      hosts: [host],
      set: { service: service.url },
    });
  }, 300_000);

  afterAll(async () => {
    await service.stop();
    await rm(models, { recursive: true });
  });

  it("runs every cell to its end, with a service and without", () => {
    expectAllDone([alone, served]);
  });

  it("reads its own file by hand, loads it back, and refuses one that was cut short", () => {
    const { tensors } = valueOf<{ tensors: { name: string; dtype: string }[] }>(alone, "header");
    expect(tensors.length).toBeGreaterThan(20);
    expect(new Set(tensors.map(({ dtype }) => dtype))).toEqual(new Set(["F32"]));
    const { sameAnswers, refusal } = valueOf<{ sameAnswers: boolean; refusal: { en: string; ko: string } }>(
      alone,
      "round-trip",
    );
    expect(sameAnswers).toBe(true);
    expect(refusal.en).toContain("cut short");
    expect(refusal.ko).toContain("잘렸거나");
  });

  it("measures how few bits will do", () => {
    const { scores, widths } = valueOf<{ scores: number[]; widths: number[] }>(alone, "bits-picture");
    expect(scores).toHaveLength(widths.length);
    const { reached } = valueOf<{ reached: { value: number } }>(alone, "quality");
    // With twelve bits a model of this size says nearly what it says with 32.
    expect(Math.abs(scores.at(-1)! - reached.value)).toBeLessThan(5);
    expect(scores[0]).toBeLessThan(scores.at(-1)!);
  });

  it("keeps its model in a folder that the service serves", async () => {
    expect(await readdir(models)).toEqual(["translator-ko-en"]);
    expect(service.shelf.desks[0].about).toMatchObject({
      task: "translate",
      modelType: "transformer-seq2seq",
    });
  });

  it("answers from the service where there is one, with the same translations as the page's own model", () => {
    expect(shown(alone, "answer")).toContain("this page's own model");
    expect(shown(served, "answer")).toContain("from the service (translator-ko-en)");
    const past = (run: NotebookRun) =>
      valueOf<{ past: { translation: string }[] }>(run, "past-requests").past.map(({ translation }) =>
        translation.replace(/[^a-z]/gi, ""),
      );
    expect(past(served)).toEqual(past(alone));
    expect(past(alone)).toHaveLength(2);
  });

  it.each(["ko-en", "en-ko"])(
    "answers %s with a model that the course ships where the service has none of the reader's",
    async (direction) => {
      const folder = fileURLToPath(new URL(`../../public/models/phrasebook-${direction}`, import.meta.url));
      const shipped = await startService({ sources: [createFolderSource(folder)], port: 0 });
      try {
        const run = await runNotebook({
          path,
          small: true,
          cells: ["answer"],
          hosts: [new URL(shipped.url).host],
          set: { service: shipped.url, direction, epochs: 1 },
        });
        expectAllDone([run]);
        expect(shown(run, "answer")).toContain(`from the service (phrasebook-${direction})`);
        expect(shown(run, "answer")).toContain(`서비스(phrasebook-${direction})`);
      } finally {
        await shipped.stop();
      }
    },
    60_000,
  );

  it("names what else a service refuses, and asks it for no other model", async () => {
    const asked: string[] = [];
    const busy = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(503, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code: "overloaded", message: "Too much to do." } }));
    });
    await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
    const { port } = busy.address() as AddressInfo;
    try {
      const run = await runNotebook({
        path,
        small: true,
        cells: ["answer"],
        hosts: [`127.0.0.1:${port}`],
        set: { service: `http://127.0.0.1:${port}`, epochs: 1 },
      });
      expect(shown(run, "answer")).toContain("no service: Too much to do.");
      // Two requests of the app, greedy and with beams.
      expect(asked).toEqual(["/v1/translate", "/v1/translate"]);
    } finally {
      await new Promise((resolve) => busy.close(resolve));
    }
  }, 60_000);

  it("judges stub and solution of each exercise", () => {
    for (const id of ["check-count", "check-wait"]) {
      expect(verdictOf(alone, id).passed).toBe(false);
      expect(verdictOf(served, id).passed).toBe(true);
    }
  });

  it("tells what is wrong with bytes taken for numbers", async () => {
    const code = `function countWeights(file: Uint8Array): number {
  return file.length - 8 - Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
}`;
    await expectHint(path, { stub: "my-count", code, check: "check-count" }, /four of them/);
  }, 60_000);

  const wrong: [string, string, RegExp][] = [
    [
      "my-wait",
      "function secondsToWait(status: number, retryAfter: string | null): number | null { return Number(retryAfter ?? 1) }",
      /will fail again/,
    ],
    [
      "my-wait",
      "function secondsToWait(status: number, retryAfter: string | null): number | null { return status === 503 ? Number(retryAfter ?? 1) : null }",
      /429/,
    ],
    [
      "my-wait",
      "function secondsToWait(status: number, retryAfter: string | null) { return status === 503 ? retryAfter : null }",
      /make a number of it/,
    ],
  ];
  it.each(wrong)("%s tells what is wrong: %#", async (cell, code, hint) => {
    await expectHint(path, { stub: cell, code, check: "check-wait" }, hint);
  });
});
