import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { strToU8, zipSync } from "fflate";
import { EncoderClassifier, SequenceLabeller, TransformerSeq2Seq, type AnyModel } from "gongbu/nn";
import { trainWordPiece } from "gongbu/text";
import {
  loadCheckpoint,
  packCheckpoint,
  parseSafetensors,
  saveCheckpoint,
  serializeSafetensors,
  toTokenInput,
  unpackCheckpoint,
} from "gongbu/train";
import { describe, expect, it, onTestFinished } from "vitest";

await tf.setBackend("cpu");

const file = serializeSafetensors(
  {
    b: { shape: [3], data: Int32Array.of(1, -2, 3) },
    a: { shape: [2, 2], data: Float32Array.of(0.5, -1, Infinity, 1e-40) },
  },
  { format: "pt" },
);

/** A file with this header, and so many bytes behind it. */
function fileOf(header: unknown, bytes = 0): Uint8Array {
  const text = strToU8(typeof header === "string" ? header : JSON.stringify(header));
  const whole = new Uint8Array(8 + text.length + bytes);
  new DataView(whole.buffer).setBigUint64(0, BigInt(text.length), true);
  whole.set(text, 8);
  return whole;
}

const tensor = (begin: number, end: number, shape = [(end - begin) / 4], dtype = "F32") => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe("safetensors", () => {
  it("are written byte for byte as the format says", () => {
    const header =
      '{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"I32","shape":[3],"data_offsets":[16,28]}}';
    const length = Math.ceil(header.length / 8) * 8;
    expect(file.length).toBe(8 + length + 28);
    expect(Array.from(file.subarray(0, 8))).toEqual([length, 0, 0, 0, 0, 0, 0, 0]);
    expect(new TextDecoder().decode(file.subarray(8, 8 + length))).toBe(header.padEnd(length));
    expect(Array.from(file.subarray(8 + length, 8 + length + 8))).toEqual([0, 0, 0, 63, 0, 0, 128, 191]);
  });

  it("are read back as they were", () => {
    const { tensors, metadata } = parseSafetensors(file);
    expect(metadata).toEqual({ format: "pt" });
    expect(Object.fromEntries(tensors)).toEqual({
      a: { dtype: "F32", shape: [2, 2], data: Float32Array.of(0.5, -1, Infinity, 1e-40) },
      b: { dtype: "I32", shape: [3], data: Int32Array.of(1, -2, 3) },
    });
  });

  it("of other types are read, too", () => {
    const types = [
      ["F16", [0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x00, 0x7c], [1, -2, 2 ** -24, Infinity]],
      ["BF16", [0x80, 0x3f, 0x00, 0xc0], [1, -2]],
      ["F64", [0, 0, 0, 0, 0, 0, 0xf0, 0x3f], [1]],
      ["I64", [0xfe, 255, 255, 255, 255, 255, 255, 255], [-2]],
      ["I16", [0xff, 0xff], [-1]],
      ["I8", [0xff], [-1]],
      ["U8", [255], [255]],
      ["BOOL", [1, 0], [1, 0]],
    ] as const;
    for (const [dtype, bytes, numbers] of types) {
      const whole = fileOf({ x: tensor(0, bytes.length, [numbers.length], dtype) }, bytes.length);
      whole.set(bytes, whole.length - bytes.length);
      expect([dtype, Array.from(parseSafetensors(whole).tensors.get("x")!.data)]).toEqual([
        dtype,
        [...numbers],
      ]);
    }
  });

  it("are read by a reader in Python as they are by ours", async () => {
    const found = spawnSync("python3", ["--version"]);
    const expected = { a: [2, 2, 4], b: [3, 3] };
    if (found.status !== 0) {
      const shapes = [...parseSafetensors(file).tensors].map(([name, { shape, data }]) => [
        name,
        [...shape, data.length],
      ]);
      return expect(Object.fromEntries(shapes)).toEqual(expected);
    }
    const folder = await mkdtemp(join(tmpdir(), "gongbu-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "model.safetensors"), file);
    const reader = `
import json, struct, sys
data = open(sys.argv[1], "rb").read()
(length,) = struct.unpack("<Q", data[:8])
header = json.loads(data[8:8 + length])
result = {}
for name, t in header.items():
    if name == "__metadata__": continue
    begin, end = t["data_offsets"]
    numbers = struct.unpack("<%d%s" % ((end - begin) // 4, {"F32": "f", "I32": "i"}[t["dtype"]]), data[8 + length + begin:8 + length + end])
    result[name] = t["shape"] + [len(numbers)]
print(json.dumps(result))`;
    const { stdout, stderr } = spawnSync("python3", ["-c", reader, join(folder, "model.safetensors")], {
      encoding: "utf8",
    });
    expect([stderr, JSON.parse(stdout)]).toEqual(["", expected]);
  });

  const refused: [string, Uint8Array, RegExp][] = [
    ["nothing", new Uint8Array(0), /0 bytes/],
    ["cut short in its header", file.slice(0, 40), /cut short/],
    ["cut short in its numbers", file.slice(0, -1), /cut short/],
    ["a zip", zipSync({ a: strToU8("text") }), /no safetensors file|cut short/],
    [
      "a header as large as the sea",
      Uint8Array.of(255, 255, 255, 255, 255, 255, 0, 0),
      /no safetensors file/,
    ],
    ["a header that is no JSON", fileOf("{"), /no JSON/],
    ["a header that is no text", Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff), /no JSON/],
    ["a header that is a list", fileOf([]), /no table/],
    ["tensors that overlap", fileOf({ a: tensor(0, 8), b: tensor(4, 12) }, 12), /overlap/],
    ["a gap", fileOf({ a: tensor(0, 4), b: tensor(8, 12) }, 12), /belongs to none/],
    ["bytes left over", fileOf({ a: tensor(0, 4) }, 9), /left over/],
    [
      "a name twice, of which one is lost",
      fileOf(`{"a":${JSON.stringify(tensor(0, 4))},"a":${JSON.stringify(tensor(4, 8))}}`, 8),
      /belongs to none/,
    ],
    ["a shape that does not fit", fileOf({ a: tensor(0, 8, [3]) }, 8), /needs 12 bytes/],
    ["a shape whose size cannot be", fileOf({ a: tensor(0, 8, [2 ** 40, 2 ** 40]) }, 8), /needs/],
    ["a negative shape", fileOf({ a: tensor(0, 8, [-2]) }, 8), /no shape/],
    ["an unknown type", fileOf({ a: tensor(0, 8, [2], "F8_E4M3") }, 8), /F8_E4M3/],
    ["metadata that are no texts", fileOf({ __metadata__: { a: 1 } }), /no texts/],
  ];
  it.each(refused)("%s is refused with the reason", (_, bytes, reason) => {
    expect(() => parseSafetensors(bytes)).toThrow(
      expect.objectContaining({ code: "unreadable-file", message: expect.stringMatching(reason) }),
    );
  });
});

const texts = ["나는 오늘 기쁘다", "비가 와서 슬프다"];
const tokenizer = trainWordPiece(texts, { vocabSize: 60, minFrequency: 1 });
const sizes = {
  vocabSize: tokenizer.vocabSize,
  hiddenSize: 8,
  numLayers: 1,
  numHeads: 2,
  maxLength: 16,
  seed: 1,
};

function outputs(model: AnyModel): number[] {
  return tf.tidy(() => {
    const input = toTokenInput(texts.map((text) => tokenizer.encode(text)));
    const decoder = { decoderInputIds: input.inputIds, decoderAttentionMask: input.attentionMask };
    return Array.from(
      (model as EncoderClassifier)
        .eval()
        .forward({ ...input, ...decoder } as never)
        .dataSync(),
    );
  });
}

describe("a checkpoint", () => {
  const models: [string, AnyModel][] = [
    ["a classifier", new EncoderClassifier({ ...sizes, classes: 2 })],
    ["a labeller with a CRF", new SequenceLabeller({ ...sizes, encoder: "lstm", classes: 3, crf: true })],
    ["a translator", new TransformerSeq2Seq({ ...sizes, bosTokenId: 2, eosTokenId: 3 })],
  ];
  it.each(models)("brings back %s with its tokenizer and labels", async (_, model) => {
    const before = tf.memory().numTensors;
    const labels = ["기쁨", "슬픔", "분노"];
    const files = unpackCheckpoint(packCheckpoint(await saveCheckpoint(model, { tokenizer, labels })));
    const loaded = loadCheckpoint(files);
    expect(outputs(loaded.model)).toEqual(outputs(model));
    expect(loaded.labels).toEqual(labels);
    expect(loaded.tokenizer!.encode(texts[0])).toEqual(tokenizer.encode(texts[0]));
    expect(loaded.model.training).toBe(false);
    loaded.model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("tells a stranger what the model is", async () => {
    const files = await saveCheckpoint(models[0][1], {
      name: "emotion-ko",
      languages: ["ko"],
      data: "The course's sentences.",
      metrics: { accuracy: 0.685123 },
      training: { epochs: 20 },
    });
    expect([...files.keys()]).toEqual(["model.safetensors", "config.json", "README.md"]);
    const card = new TextDecoder().decode(files.get("README.md"));
    expect(card).toMatch(
      /^---\nlibrary_name: gongbu\nlicense: cc-by-4.0\nlanguage:\n {2}- ko\n---\n\n# emotion-ko\n/,
    );
    expect(card).toContain("| accuracy | 0.6851 |");
    expect(card).toContain("| epochs | 20 |");
  });

  it("whose files do not fit each other is refused, and nothing of it stays", async () => {
    const files = await saveCheckpoint(models[0][1], { tokenizer });
    const before = tf.memory().numTensors;
    const change = (name: string, text: string | undefined) => {
      const changed = new Map(files);
      if (text === undefined) changed.delete(name);
      else changed.set(name, strToU8(text));
      return () => loadCheckpoint(changed);
    };
    const config = new TextDecoder().decode(files.get("config.json"));
    const unreadable = expect.objectContaining({ code: "unreadable-file" }) as Error;
    expect(change("model.safetensors", undefined)).toThrow(unreadable);
    expect(change("config.json", "{")).toThrow(unreadable);
    expect(change("config.json", "{}")).toThrow(unreadable);
    expect(change("config.json", config.replace("encoder-classifier", "oracle"))).toThrow(/oracle/);
    expect(change("config.json", config.replace('"hiddenSize": 8', '"hiddenSize": 16'))).toThrow(/shape/);
    expect(change("tokenizer.json", "[]")).toThrow(/Tokenizer.fromJSON/);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("a zip", () => {
  const good = { "model.safetensors": file, "config.json": strToU8("{}") };

  it("may hold the files, or one folder with them", () => {
    const folder = Object.fromEntries(
      Object.entries(good).map(([name, bytes]) => [`emotion/${name}`, bytes]),
    );
    for (const files of [good, folder])
      expect([...unpackCheckpoint(zipSync(files)).keys()]).toEqual(["model.safetensors", "config.json"]);
  });

  const bad: [string, Uint8Array, RegExp][] = [
    ["that is none", strToU8("no zip at all"), /no zip/],
    ["cut short", zipSync(good).slice(0, 60), /no zip|cut short/],
    ["without weights", zipSync({ "config.json": strToU8("{}") }), /holds no model.safetensors/],
    ["that leads out of its folder", zipSync({ ...good, "../config.json": strToU8("{}") }), /outside/],
    ["with an absolute name", zipSync({ ...good, "/etc/config.json": strToU8("{}") }), /outside/],
    ["with a backslash", zipSync({ ...good, "..\\config.json": strToU8("{}") }), /outside/],
    ["with something else in it", zipSync({ ...good, "run.sh": strToU8("rm") }), /belongs to no checkpoint/],
    ["with a file twice", zipSync({ ...good, "a/config.json": strToU8("{}") }), /twice/],
    [
      "that would fill the memory",
      zipSync({ ...good, "README.md": new Uint8Array(600 * 1024 * 1024) }),
      /more than 512 MB/,
    ],
  ];
  it.each(bad)("%s is refused with the reason", (_, zip, reason) => {
    expect(() => unpackCheckpoint(zip)).toThrow(
      expect.objectContaining({ code: "unreadable-file", message: expect.stringMatching(reason) }),
    );
  });
});
