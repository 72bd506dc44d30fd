/** The small models that the course ships in its folder models/, for a day without a network. */
import { LearnerError } from "../../nlp/error.ts";

export interface ShippedModel {
  /** The folder's name: `fetchCheckpoint("models/NAME")` loads it. */
  readonly name: string;
  /** Under the model hub's name: "text-classification", "token-classification", "translation". */
  readonly task: string;
  /** Language codes. A translator has two: from, to. */
  readonly languages: readonly string[];
  /** What it reached on its test sentences: "BLEU 93.1". Its README.md says more. */
  readonly score: string;
}

export interface ShippedModelsOptions {
  /** Only those that do this task, by the names that `pipeline` of Transformers.js takes. Default: all. */
  readonly task?: string;
}

/**
 * The small models that came with the course: no network is needed to load one.
 *
 * They were trained on the course's own data with `npm run train:models`, in minutes, and can do little beyond it.
 *
 * @ko 강좌에 들어 있어서 네트워크 없이도 불러올 수 있는 작은 모델의 목록을 돌려줍니다.
 * @example
 * const [{ name }] = await shippedModels({ task: "text-classification" });
 * const { model, tokenizer, labels } = await fetchCheckpoint(`models/${name}`);
 */
export async function shippedModels(options: ShippedModelsOptions = {}): Promise<readonly ShippedModel[]> {
  const response = await globalThis.fetch("models/index.json");
  // A copy of the course may have none.
  if (!response.ok) return [];
  const models = (await response.json()) as readonly ShippedModel[];
  const { task } = options;
  return task === undefined ? models : models.filter((model) => model.task === toTask(task));
}

/** Other names that `pipeline` has for a task. */
function toTask(name: string): string {
  if (name === "sentiment-analysis") return "text-classification";
  if (name === "ner") return "token-classification";
  return name.startsWith("translation") ? "translation" : name;
}

export interface HubFailure {
  /** What was asked for. */
  readonly url: string;
  /** The task of the pipeline for which it was asked. Default: not known. */
  readonly task?: string;
  readonly cause: unknown;
}

/** The model hub did not answer: what stands in for it here. */
export async function hubUnreachable({ url, task, cause }: HubFailure): Promise<LearnerError> {
  const all = await shippedModels().catch(() => []);
  const alike = task === undefined ? all : await shippedModels({ task }).catch(() => []);
  const offered = (alike.length > 0 ? alike : all)
    .map(({ name, score }) => `"models/${name}" (${score})`)
    .join(", ");
  const [first] = alike.length > 0 ? alike : all;
  const { host } = new URL(url);
  const quoted = JSON.stringify(task);
  const ofTask = {
    en: alike.length > 0 && task !== undefined ? ` for ${quoted}` : "",
    ko: alike.length > 0 && task !== undefined ? `${quoted} 작업을 하는 ` : "",
  };
  return new LearnerError(
    {
      code: "missing-file",
      where: task === undefined ? "Transformers.js" : `pipeline(${quoted})`,
      given: {
        en: `${host} could not be reached for ${url}.`,
        ko: `${host}에 연결할 수 없어 ${url}을(를) 가져오지 못했습니다.`,
      },
      expected: first
        ? {
            en: `A model of the hub needs a network; without one there are the course's own small models${ofTask.en}: ${offered}.`,
            ko: `허브의 모델을 쓰려면 네트워크가 있어야 합니다. 네트워크 없이 쓸 수 있는 ${ofTask.ko}강좌의 작은 모델: ${offered}.`,
          }
        : {
            en: "A model of the hub needs a network, and this copy of the course ships no models of its own.",
            ko: "허브의 모델을 쓰려면 네트워크가 있어야 하는데, 이 강좌에는 함께 들어 있는 모델이 없습니다.",
          },
      remedy: first
        ? {
            en: `Load one with \`await fetchCheckpoint("models/${first.name}")\` of gongbu/train; its README.md shows how it is used.`,
            ko: `gongbu/train의 \`await fetchCheckpoint("models/${first.name}")\`로 불러오십시오. 쓰는 방법은 그 폴더의 README.md에 있습니다.`,
          }
        : {
            en: "Run the cell again when there is a network.",
            ko: "네트워크에 연결한 뒤 셀을 다시 실행하십시오.",
          },
    },
    { cause },
  );
}
