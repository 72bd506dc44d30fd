import * as tf from "@tensorflow/tfjs";
import { EmbeddingClassifier } from "gongbu/nn";
import { fetchCheckpoint, saveCheckpoint } from "gongbu/train";
import { afterEach, describe, expect, it, vi } from "vitest";

await tf.setBackend("cpu");

afterEach(() => void vi.unstubAllGlobals());

/** A server with one folder; the addresses that it is asked for. */
function serve(files: ReadonlyMap<string, Uint8Array>, folder = "models/small"): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const bytes = url.startsWith(`${folder}/`) ? files.get(url.slice(folder.length + 1)) : undefined;
    return bytes ? new Response(Uint8Array.from(bytes)) : new Response(null, { status: 404 });
  });
  return asked;
}

const saved = await saveCheckpoint(new EmbeddingClassifier({ vocabSize: 9, classes: 2, seed: 1 }), {
  labels: ["joy", "fear"],
});

describe("a checkpoint that is fetched", () => {
  it("comes with its labels, and without a tokenizer where the folder has none", async () => {
    const asked = serve(saved);
    const { model, tokenizer, labels } = await fetchCheckpoint("models/small/");
    expect(model.config).toMatchObject({ modelType: "embedding-classifier", vocabSize: 9 });
    expect([tokenizer, labels]).toEqual([undefined, ["joy", "fear"]]);
    expect(asked.sort()).toEqual(
      ["config.json", "model.safetensors", "tokenizer.json"].map((name) => `models/small/${name}`),
    );
  });

  it("is refused by the name of the file that is missing", async () => {
    serve(new Map([...saved].filter(([name]) => name !== "model.safetensors")));
    await expect(fetchCheckpoint("models/small")).rejects.toMatchObject({
      code: "missing-file",
      text: {
        en: expect.stringMatching(/models\/small\/model\.safetensors.*404/) as string,
        ko: expect.stringMatching(/models\/index\.json에/) as string,
      },
    });
  });

  it("is refused with the reason where a file was cut short", async () => {
    serve(
      new Map([...saved].map(([name, bytes]) => [name, name.endsWith("s") ? bytes.slice(0, 50) : bytes])),
    );
    await expect(fetchCheckpoint("models/small")).rejects.toMatchObject({ code: "unreadable-file" });
  });
});
