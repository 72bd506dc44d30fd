/** What the model hub's libraries want to know of a model beside its graph. */
import { LearnerError } from "../error.ts";
import type { AnyModel } from "../nn/models/create-model.ts";

/** A tokenizer that can be written in Hugging Face's format. */
export interface HubTokenizer {
  /** The content of tokenizer.json. */
  toJSON(): unknown;
}

/** Which class of the hub's libraries stands for a model of ours: their code runs any graph with the same names. */
const ARCHITECTURES: Readonly<Record<string, { readonly type: string; readonly name: string }>> = {
  "encoder-classifier": { type: "bert", name: "BertForSequenceClassification" },
  "sequence-labeller": { type: "bert", name: "BertForTokenClassification" },
  "masked-language-model": { type: "bert", name: "BertForMaskedLM" },
};

export function hubConfig(
  { config }: AnyModel,
  { labels }: { readonly labels: readonly string[] | undefined },
): Readonly<Record<string, unknown>> {
  const { modelType, ...sizes } = config as Readonly<Record<string, unknown>> & {
    readonly modelType: string;
  };
  const { type, name } = ARCHITECTURES[modelType];
  return {
    model_type: type,
    architectures: [name],
    vocab_size: sizes.vocabSize,
    hidden_size: sizes.hiddenSize,
    num_hidden_layers: sizes.numLayers,
    num_attention_heads: sizes.numHeads ?? 1,
    max_position_embeddings: sizes.maxLength ?? 512,
    type_vocab_size: sizes.typeVocabSize ?? 0,
    pad_token_id: sizes.padTokenId,
    ...(typeof sizes.classes === "number" && classNames(sizes.classes, labels)),
  };
}

function classNames(
  classes: number,
  labels: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  if (labels && labels.length !== classes) throw wrongLabels(labels.length, classes);
  const names = labels ?? Array.from({ length: classes }, (_, id) => `LABEL_${id}`);
  return {
    id2label: Object.fromEntries(names.map((name, id) => [id, name])),
    label2id: Object.fromEntries(names.map((name, id) => [name, id])),
  };
}

interface TokenizerFile {
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[];
}

/** The roles that a token's usual names stand for. */
const ROLES: readonly (readonly [role: string, names: readonly string[]])[] = [
  ["pad_token", ["[PAD]", "<pad>"]],
  ["unk_token", ["[UNK]", "<unk>"]],
  ["cls_token", ["[CLS]"]],
  ["sep_token", ["[SEP]"]],
  ["mask_token", ["[MASK]", "<mask>"]],
  ["bos_token", ["<s>"]],
  ["eos_token", ["</s>"]],
];

export function tokenizerConfig(
  { config }: AnyModel,
  tokenizer: HubTokenizer,
): Readonly<Record<string, unknown>> {
  const { added_tokens: added = [] } = tokenizer.toJSON() as TokenizerFile;
  const present = new Set(added.map(({ content }) => content));
  const roles = ROLES.flatMap(([role, names]) => {
    const token = names.find((name) => present.has(name));
    return token === undefined ? [] : [[role, token] as const];
  });
  const { maxLength } = config as { readonly maxLength?: number };
  return {
    tokenizer_class: "PreTrainedTokenizerFast",
    ...(maxLength !== undefined && { model_max_length: maxLength }),
    clean_up_tokenization_spaces: false,
    ...Object.fromEntries(roles),
  };
}

function wrongLabels(given: number, classes: number): LearnerError {
  return new LearnerError({
    code: "length-mismatch",
    where: "exportOnnx",
    given: { en: `\`labels\` has ${given} names.`, ko: `\`labels\`에 이름이 ${given}개 있습니다.` },
    expected: {
      en: `The model tells ${classes} classes apart.`,
      ko: `모델이 구별하는 클래스는 ${classes}개입니다.`,
    },
    remedy: {
      en: "Give the names of all classes in the order of their ids.",
      ko: "모든 클래스의 이름을 id 순서대로 주십시오.",
    },
  });
}
