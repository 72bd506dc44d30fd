/** What the model hub's libraries want to know of a model beside its graph. */
import { LearnerError } from "../error.ts";
import type { AnyModel } from "../nn/models/create-model.ts";
import { TOKEN_ROLES } from "../text/tokenizer/token-roles.ts";

/** A tokenizer that can be written in Hugging Face's format. */
export interface HubTokenizer {
  /** The content of tokenizer.json. */
  toJSON(): unknown;
}

interface Family {
  readonly type: string;
  readonly name: string;
  /** The sizes under the names that this family has for them. */
  readonly sizes: (config: Config) => Readonly<Record<string, unknown>>;
}

type Config = Readonly<Record<string, unknown>> & { readonly modelType: string };

/** Which class of the hub's libraries stands for a model of ours: their code runs any graph with the same names. */
const FAMILIES: Readonly<Record<string, Family>> = {
  "encoder-classifier": { type: "bert", name: "BertForSequenceClassification", sizes: encoderSizes },
  "sequence-labeller": { type: "bert", name: "BertForTokenClassification", sizes: encoderSizes },
  "masked-language-model": { type: "bert", name: "BertForMaskedLM", sizes: encoderSizes },
  "causal-language-model": {
    type: "gpt2",
    name: "GPT2LMHeadModel",
    sizes: ({ hiddenSize, numLayers, numHeads, maxLength }) => ({
      n_embd: hiddenSize,
      n_layer: numLayers,
      n_head: numHeads,
      n_positions: maxLength,
    }),
  },
  "transformer-seq2seq": { type: "marian", name: "MarianMTModel", sizes: translatorSizes },
  "recurrent-seq2seq": { type: "marian", name: "MarianMTModel", sizes: translatorSizes },
};

function encoderSizes(config: Config): Readonly<Record<string, unknown>> {
  return {
    hidden_size: config.hiddenSize,
    num_hidden_layers: config.numLayers,
    num_attention_heads: config.numHeads ?? 1,
    max_position_embeddings: config.maxLength ?? 512,
    type_vocab_size: config.typeVocabSize ?? 0,
  };
}

function translatorSizes({ numHeads = 1, ...config }: Config): Readonly<Record<string, unknown>> {
  return {
    is_encoder_decoder: true,
    decoder_vocab_size: config.targetVocabSize,
    d_model: config.hiddenSize,
    encoder_layers: config.numLayers,
    encoder_attention_heads: numHeads,
    decoder_layers: config.numLayers,
    decoder_attention_heads: numHeads,
    max_position_embeddings: config.maxLength,
  };
}

export function hubConfig(
  model: AnyModel,
  { labels }: { readonly labels: readonly string[] | undefined },
): Readonly<Record<string, unknown>> {
  const config = model.config as unknown as Config;
  const { type, name, sizes } = FAMILIES[config.modelType];
  return {
    model_type: type,
    architectures: [name],
    vocab_size: config.vocabSize,
    ...sizes(config),
    pad_token_id: config.padTokenId,
    ...maybeGenerationConfig(model),
    ...(typeof config.classes === "number" && classNames(config.classes, labels)),
  };
}

/** Of a model that writes: the tokens with which an output begins and ends. */
export function maybeGenerationConfig(model: AnyModel): Readonly<Record<string, unknown>> | undefined {
  if (!("generationConfig" in model)) return undefined;
  const { bosTokenId, decoderStartTokenId, eosTokenId, padTokenId } = model.generationConfig;
  const ids = {
    bos_token_id: bosTokenId,
    decoder_start_token_id: decoderStartTokenId,
    eos_token_id: eosTokenId,
    pad_token_id: padTokenId,
  };
  return Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined));
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

export function tokenizerConfig(
  { config }: AnyModel,
  tokenizer: HubTokenizer,
): Readonly<Record<string, unknown>> {
  const { added_tokens: added = [] } = tokenizer.toJSON() as TokenizerFile;
  const present = new Set(added.map(({ content }) => content));
  const roles = Object.entries(TOKEN_ROLES).flatMap(([role, names]) => {
    const token = names.find((name) => present.has(name));
    return token === undefined ? [] : [[`${role}_token`, token] as const];
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
