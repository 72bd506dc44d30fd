import * as tf from "@tensorflow/tfjs";
import { createModel, type AnyModel, type ModelConfig } from "../../nn/models/create-model.ts";
import { Tokenizer } from "../../text/tokenizer/tokenizer.ts";
import { writeModelCard, type ModelCard } from "./model-card.ts";
import { parseSafetensors, serializeSafetensors } from "./safetensors.ts";
import { unreadable } from "./unreadable.ts";
import type { CheckpointFiles } from "./zip.ts";

export interface SaveCheckpointOptions extends ModelCard {
  /** What cuts texts for the model; one of `gongbu/text`'s. Default: none is saved. */
  readonly tokenizer?: { toJSON(): unknown };
  /** The names of the classes or labels, in the order of their ids. Default: none are saved. */
  readonly labels?: readonly string[];
}

export interface LoadedCheckpoint {
  /** In evaluation mode. Whoever loads it disposes of it. */
  readonly model: AnyModel;
  readonly tokenizer?: Tokenizer;
  readonly labels?: readonly string[];
  /** The content of config.json. */
  readonly config: ModelConfig;
}

/**
 * A model as the files of a folder in the layout of the model hub: model.safetensors (the weights), config.json (from which
 * the model is made again), tokenizer.json, README.md (a model card). Other readers of safetensors read the weights, under
 * PyTorch's names.
 *
 * @ko 모델을 허깅페이스 허브와 같은 구조의 파일들로 만듭니다.
 * @example
 * const files = await saveCheckpoint(model, { tokenizer, labels: ["joy", "sadness"], name: "emotion-en" });
 * files.get("model.safetensors"); // bytes
 */
export async function saveCheckpoint(
  model: AnyModel,
  options: SaveCheckpointOptions = {},
): Promise<Map<string, Uint8Array>> {
  const { tokenizer, labels, ...card } = options;
  const entries = await Promise.all(
    Object.entries(model.stateDict()).map(
      async ([name, parameter]) =>
        [name, { shape: parameter.shape, data: Float32Array.from(await parameter.data()) }] as const,
    ),
  );
  const config = { ...model.config, ...(labels && { labels }) };
  return new Map([
    ["model.safetensors", serializeSafetensors(Object.fromEntries(entries), { format: "pt" })],
    ["config.json", toBytes(`${JSON.stringify(config, undefined, 2)}\n`)],
    ...(tokenizer ? [["tokenizer.json", toBytes(`${JSON.stringify(tokenizer.toJSON())}\n`)] as const] : []),
    ["README.md", toBytes(writeModelCard(model, card))],
  ]);
}

/**
 * The model of a checkpoint, with its tokenizer and labels where they were saved. A file that is missing, cut short, or
 * does not fit the others is refused by its name with the reason.
 *
 * @ko 체크포인트의 파일들에서 모델과 토크나이저를 불러옵니다.
 * @example
 * const { model, tokenizer } = loadCheckpoint(files);
 */
export function loadCheckpoint(files: CheckpointFiles): LoadedCheckpoint {
  const { labels, ...config } = readConfig(find(files, "config.json"));
  const { tensors } = parseSafetensors(find(files, "model.safetensors"));
  const tokenizer = files.get("tokenizer.json");
  const made = {
    ...(tokenizer && { tokenizer: Tokenizer.fromJSON(toText(tokenizer)) }),
    ...(labels && { labels }),
  };
  const model = createModel(config);
  try {
    tf.tidy(() => {
      const state = Object.fromEntries(
        [...tensors].map(([name, { shape, data }]) => [name, tf.tensor(Float32Array.from(data), [...shape])]),
      );
      model.loadStateDict(state);
    });
  } catch (error) {
    model.dispose();
    throw error;
  }
  return { model: model.eval(), config, ...made };
}

function find(files: CheckpointFiles, name: string): Uint8Array {
  const file = files.get(name);
  if (file) return file;
  const names = [...files.keys()].join(", ");
  throw refuse(
    `There is no ${name}; there are ${names || "no files"}.`,
    `${name}이(가) 없습니다. 있는 파일: ${names || "없음"}.`,
  );
}

function readConfig(bytes: Uint8Array): ModelConfig & { readonly labels?: readonly string[] } {
  let config: unknown;
  try {
    config = JSON.parse(toText(bytes));
  } catch (error) {
    throw refuse(
      `config.json is no JSON: ${(error as Error).message}.`,
      `config.json이 JSON이 아닙니다: ${(error as Error).message}.`,
    );
  }
  const { modelType, labels } = (config ?? {}) as { modelType?: unknown; labels?: unknown };
  if (typeof modelType !== "string")
    throw refuse("config.json names no `modelType`.", "config.json에 `modelType`이 없습니다.");
  if (labels !== undefined && !(Array.isArray(labels) && labels.every((label) => typeof label === "string")))
    throw refuse(
      "The labels of config.json are no list of names.",
      "config.json의 레이블이 이름의 목록이 아닙니다.",
    );
  return config as ModelConfig;
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function toText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function refuse(en: string, ko: string) {
  return unreadable("loadCheckpoint", { en, ko });
}
