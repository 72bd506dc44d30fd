import { LearnerError } from "../../nlp/error.ts";
import type { AnyModel } from "../../nlp/nn/index.ts";
import {
  loadCheckpoint,
  packCheckpoint,
  saveCheckpoint,
  unpackCheckpoint,
  type LoadedCheckpoint,
  type SaveCheckpointOptions,
} from "../../nlp/train/index.ts";
import type { ModelAbout, ModelSummary } from "../protocol.ts";
import { ABOUT_HEADER, shelfUrl } from "./address.ts";
import { shippedModels } from "./shipped.ts";

export interface SaveOptions extends Omit<SaveCheckpointOptions, "tokenizer" | "name"> {
  /** What the model reached, on the shelf and in its card: `{ accuracy: 0.63 }`. Default none. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** A name is a folder's, too. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u;

/**
 * Keeps a model with its tokenizer on the reader's shelf, in the place of one of the same name. It is a checkpoint in
 * the layout of the model hub: model.safetensors, config.json, tokenizer.json, README.md.
 *
 * `tokenizer` is undefined for a model that needs none. On the page the shelf is the browser's own storage; in the
 * terminal it is the folder that `gongbu run --models` names, or the run's memory.
 *
 * @ko 모델과 토크나이저를 이름을 붙여 보관합니다. 같은 이름의 모델이 있으면 바꿉니다.
 * @example
 * await save(model, tokenizer, "emotion-ko", { metrics: { accuracy: 0.63 } });
 */
export async function save(
  model: AnyModel,
  tokenizer: SaveCheckpointOptions["tokenizer"],
  name: string,
  options: SaveOptions = {},
): Promise<ModelSummary> {
  checkName(name, "save");
  const { metrics = {} } = options;
  const zip = packCheckpoint(await saveCheckpoint(model, { ...options, tokenizer, name }));
  const about: ModelAbout = { name, modelType: model.config.modelType, metrics };
  const response = await fetch(shelfUrl(name), {
    method: "PUT",
    headers: { [ABOUT_HEADER]: encodeURIComponent(JSON.stringify(about)) },
    body: new Uint8Array(zip),
  });
  return (await response.json()) as ModelSummary;
}

/**
 * A model from the shelf, with the tokenizer that it was saved with. Whoever loads it disposes of it; in a cell that
 * happens when the cell runs again.
 *
 * @ko 보관한 모델을 토크나이저와 함께 불러옵니다.
 * @example
 * const { model, tokenizer } = await load("emotion-ko");
 */
export async function load(name: string): Promise<LoadedCheckpoint> {
  checkName(name, "load");
  const response = await fetch(shelfUrl(name));
  if (!response.ok) {
    const shipped = await shippedModels().catch(() => []);
    throw unknownName(name, {
      kept: await listModels(),
      ships: shipped.some((model) => model.name === name),
    });
  }
  return loadCheckpoint(unpackCheckpoint(new Uint8Array(await response.arrayBuffer())));
}

/**
 * What is on the shelf, the newest first.
 *
 * @ko 보관한 모델의 목록을 최신순으로 돌려줍니다.
 */
export async function listModels(): Promise<readonly ModelSummary[]> {
  return (await (await fetch(shelfUrl())).json()) as ModelSummary[];
}

function checkName(name: string, where: string): void {
  if (typeof name === "string" && NAME.test(name)) return;
  throw new LearnerError({
    code: "wrong-option",
    where,
    given: { en: `The name is ${JSON.stringify(name)}.`, ko: `이름이 ${JSON.stringify(name)}입니다.` },
    expected: {
      en: "A name has 1 to 80 letters, digits, `-`, `_` and `.`, and begins with a letter or digit.",
      ko: "이름은 글자, 숫자, `-`, `_`, `.`으로 된 1~80자이고 글자나 숫자로 시작해야 합니다.",
    },
    remedy: {
      en: 'Choose one like "emotion-ko": it becomes a folder\'s name.',
      ko: '폴더 이름으로도 쓰이므로 "emotion-ko"처럼 지으십시오.',
    },
  });
}

function unknownName(
  name: string,
  { kept, ships }: { readonly kept: readonly ModelSummary[]; readonly ships: boolean },
): LearnerError {
  const names = kept.map((model) => `"${model.name}"`).join(", ");
  return new LearnerError({
    code: "missing-file",
    where: "load",
    given: { en: `No model is kept as "${name}".`, ko: `"${name}"(이)라는 이름으로 보관한 모델이 없습니다.` },
    expected: {
      en: names ? `There are ${names}.` : "The shelf is empty.",
      ko: names ? `보관된 모델: ${names}.` : "보관된 모델이 없습니다.",
    },
    remedy: ships
      ? {
          en: `The course ships a model of that name: \`await fetchCheckpoint("models/${name}")\` of gongbu/train loads it.`,
          ko: `강좌에 들어 있는 같은 이름의 모델은 gongbu/train의 \`await fetchCheckpoint("models/${name}")\`로 불러옵니다.`,
        }
      : {
          en: "Run the cell that trains and saves it, in this lecture or the one that it comes from.",
          ko: "이 강의나 그 모델을 만드는 강의에서 학습하고 저장하는 셀을 먼저 실행하십시오.",
        },
  });
}
