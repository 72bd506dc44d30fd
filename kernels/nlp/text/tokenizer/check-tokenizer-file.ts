/** Whether something is a tokenizer.json that this library can run; what is not is refused with the reason. */
import { LearnerError } from "../../error.ts";
import type { AddedToken, ModelSpec, TemplateSpec, TokenizerFile } from "./tokenizer-file.ts";

type Plain = Readonly<Record<string, unknown>>;

const NORMALIZERS = [
  "NFC",
  "NFD",
  "NFKC",
  "NFKD",
  "Lowercase",
  "StripAccents",
  "Strip",
  "Replace",
  "Prepend",
  "BertNormalizer",
];
const PRE_TOKENIZERS = [
  "BertPreTokenizer",
  "Whitespace",
  "WhitespaceSplit",
  "Metaspace",
  "ByteLevel",
  "Split",
];
const DECODERS = ["WordPiece", "Metaspace", "ByteLevel", "Fuse"];

export function checkTokenizerFile(json: unknown): TokenizerFile {
  const file = typeof json === "string" ? parse(json) : json;
  if (!isPlain(file)) throw refuse("It is no JSON object.", "JSON 객체가 아닙니다.");
  const { model } = file;
  if (!isPlain(model)) throw refuse("It has no `model`.", "`model`이 없습니다.");
  checkSteps(file.normalizer, { part: "normalizer", list: "normalizers", known: NORMALIZERS });
  checkSteps(file.pre_tokenizer, { part: "pre_tokenizer", list: "pretokenizers", known: PRE_TOKENIZERS });
  checkSteps(file.decoder, { part: "decoder", list: "decoders", known: DECODERS });
  const added = checkAdded(file.added_tokens ?? []);
  const checked = checkModel(model);
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: (file.normalizer ?? null) as TokenizerFile["normalizer"],
    pre_tokenizer: (file.pre_tokenizer ?? null) as TokenizerFile["pre_tokenizer"],
    post_processor: checkTemplate(file.post_processor),
    decoder: (file.decoder ?? null) as TokenizerFile["decoder"],
    model: checked,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw refuse(
      `It is no JSON: ${(error as Error).message}`,
      `JSON이 아닙니다: ${(error as Error).message}`,
    );
  }
}

function checkSteps(
  step: unknown,
  { part, list, known }: { readonly part: string; readonly list: string; readonly known: readonly string[] },
): void {
  if (step === null || step === undefined) return;
  if (!isPlain(step)) throw refuse(`\`${part}\` is no object.`, `\`${part}\`이(가) 객체가 아닙니다.`);
  if (step.type === "Sequence" && Array.isArray(step[list]) && part !== "decoder") {
    for (const item of step[list] as unknown[]) checkSteps(item, { part, list, known });
    return;
  }
  if (known.includes(step.type as string)) return;
  throw refuse(
    `\`${part}\` has the type ${JSON.stringify(step.type)}; known are ${known.join(", ")}.`,
    `\`${part}\`의 종류 ${JSON.stringify(step.type)}을(를) 알지 못합니다. 아는 종류: ${known.join(", ")}.`,
  );
}

function checkAdded(list: unknown): readonly AddedToken[] {
  const isToken = (item: unknown) =>
    isPlain(item) && Number.isInteger(item.id) && typeof item.content === "string";
  if (Array.isArray(list) && list.every(isToken)) return list as AddedToken[];
  throw refuse(
    "`added_tokens` is no list of tokens with `id` and `content`.",
    "`added_tokens`가 `id`와 `content`를 가진 토큰의 목록이 아닙니다.",
  );
}

function checkModel(model: Plain): ModelSpec {
  switch (model.type) {
    case "WordPiece": {
      const { unk_token = "[UNK]", continuing_subword_prefix = "##", max_input_chars_per_word = 100 } = model;
      const vocab = checkVocab(model.vocab);
      return { ...model, vocab, unk_token, continuing_subword_prefix, max_input_chars_per_word } as ModelSpec;
    }
    case "WordLevel":
      return { ...model, vocab: checkVocab(model.vocab) } as unknown as ModelSpec;
    case "BPE":
      return { ...model, vocab: checkVocab(model.vocab), merges: checkMerges(model) } as unknown as ModelSpec;
    case "Unigram":
      checkUnigram(model);
      return model as unknown as ModelSpec;
    default:
      throw refuse(
        `The model's type is ${JSON.stringify(model.type)}; known are WordPiece, BPE, Unigram and WordLevel.`,
        `모델의 종류 ${JSON.stringify(model.type)}을(를) 알지 못합니다. 아는 종류: WordPiece, BPE, Unigram, WordLevel.`,
      );
  }
}

function checkVocab(vocab: unknown): Readonly<Record<string, number>> {
  const ids = isPlain(vocab) ? Object.values(vocab) : [];
  const valid =
    ids.length > 0 &&
    new Set(ids).size === ids.length &&
    ids.every((id) => Number.isInteger(id) && (id as number) >= 0);
  if (valid) return vocab as Readonly<Record<string, number>>;
  throw refuse(
    "`model.vocab` is no table of tokens with an id of their own each.",
    "`model.vocab`이 토큰마다 서로 다른 id를 주는 표가 아닙니다.",
  );
}

/** As pairs; older files write them as "left right". */
function checkMerges(model: Plain): readonly (readonly [string, string])[] {
  const { merges, continuing_subword_prefix: prefix, end_of_word_suffix: suffix } = model;
  if (prefix || suffix) {
    throw refuse(
      "A BPE with a prefix or suffix for parts of words is not known.",
      "단어 조각에 접두사나 접미사를 붙이는 BPE는 지원하지 않습니다.",
    );
  }
  const pairs = Array.isArray(merges)
    ? merges.map((merge: unknown) => (typeof merge === "string" ? merge.split(" ") : merge))
    : undefined;
  const isPair = (pair: unknown) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");
  if (pairs?.every(isPair)) return pairs as [string, string][];
  throw refuse("`model.merges` is no list of pairs.", "`model.merges`가 쌍의 목록이 아닙니다.");
}

function checkUnigram({ vocab, unk_id: unknown }: Plain): void {
  const isPiece = (piece: unknown) =>
    Array.isArray(piece) && typeof piece[0] === "string" && Number.isFinite(piece[1]);
  const valid = Array.isArray(vocab) && vocab.length > 0 && vocab.every(isPiece);
  if (
    valid &&
    Number.isInteger(unknown) &&
    (unknown as number) >= 0 &&
    (unknown as number) < (vocab as unknown[]).length
  )
    return;
  throw refuse(
    "`model.vocab` is no list of [piece, score] with `unk_id` in it.",
    "`model.vocab`이 [조각, 점수]의 목록이 아니거나 `unk_id`가 그 안에 없습니다.",
  );
}

/** BERT's own processor is the template in other words; ByteLevel's changes offsets alone, which are trimmed here anyway. */
function checkTemplate(processor: unknown): TemplateSpec | null {
  if (processor === null || processor === undefined) return null;
  if (isPlain(processor)) {
    if (processor.type === "TemplateProcessing") return processor as unknown as TemplateSpec;
    if (processor.type === "ByteLevel") return null;
    if (processor.type === "BertProcessing") return bertTemplate(processor);
  }
  const type = JSON.stringify(isPlain(processor) ? processor.type : processor);
  throw refuse(
    `\`post_processor\` has the type ${type}; known are TemplateProcessing, BertProcessing and ByteLevel.`,
    `\`post_processor\`의 종류 ${type}을(를) 알지 못합니다. 아는 종류: TemplateProcessing, BertProcessing, ByteLevel.`,
  );
}

function bertTemplate({ cls, sep }: Plain): TemplateSpec {
  const [[clsToken, clsId], [sepToken, sepId]] = [cls, sep] as [string, number][];
  const special = (id: string, typeId: number) => ({ SpecialToken: { id, type_id: typeId } });
  const sequence = (id: "A" | "B", typeId: number) => ({ Sequence: { id, type_id: typeId } });
  const single = [special(clsToken, 0), sequence("A", 0), special(sepToken, 0)];
  return {
    type: "TemplateProcessing",
    single,
    pair: [...single, sequence("B", 1), special(sepToken, 1)],
    special_tokens: {
      [clsToken]: { id: clsToken, ids: [clsId], tokens: [clsToken] },
      [sepToken]: { id: sepToken, ids: [sepId], tokens: [sepToken] },
    },
  };
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(en: string, ko: string): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "Tokenizer.fromJSON",
    given: { en, ko },
    expected: {
      en: "The content of a tokenizer.json, as Hugging Face's Tokenizers or `toJSON` write it.",
      ko: "허깅페이스 Tokenizers나 `toJSON`이 쓰는 tokenizer.json의 내용이어야 합니다.",
    },
    remedy: {
      en: "Look at the file; what was cut short while it was downloaded must be fetched again.",
      ko: "파일을 확인하고, 내려받다가 잘렸다면 다시 받으십시오.",
    },
  });
}
