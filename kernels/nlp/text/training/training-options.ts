/** What the trainers of tokenizers share: options, special tokens, the counted words of the texts. */
import { checkInteger, checkNotEmpty, checkOneOf } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { AlignedText } from "../tokenizer/aligned-text.ts";
import { createNormalizer } from "../tokenizer/normalizers.ts";
import { createPreTokenizer } from "../tokenizer/pre-tokenizers.ts";
import type {
  AddedToken,
  DecoderSpec,
  ModelSpec,
  NormalizerSpec,
  PreTokenizerSpec,
  TemplateSpec,
  TokenizerFile,
} from "../tokenizer/tokenizer-file.ts";
import { Tokenizer } from "../tokenizer/tokenizer.ts";

export interface TokenizerTrainingOptions {
  /**
   * What stands around a text, and so which special tokens there are. "bert": [CLS] a [SEP] b [SEP]; "sequence":
   * <s> a </s>, for models that write; "none": nothing, with <unk> and <pad> alone. Default "bert".
   */
  readonly template?: "bert" | "sequence" | "none";
  /** Further special tokens, after those of the template: the languages of a translator, say. Default none. */
  readonly specialTokens?: readonly string[];
  /** "Happy" and "happy" become one. Default false. */
  readonly lowercase?: boolean;
}

export interface SubwordTrainingOptions extends TokenizerTrainingOptions {
  /** Tokens in all, special ones included. Default 1000. */
  readonly vocabSize?: number;
  /** A token that is made must occur so often. Default 2. */
  readonly minFrequency?: number;
  /** At most so many single characters, the most frequent ones; others become unknown. Default: three quarters of `vocabSize`. */
  readonly limitAlphabet?: number;
}

const TEMPLATES = {
  bert: { special: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], unknown: "[UNK]" },
  sequence: { special: ["<pad>", "<unk>", "<s>", "</s>", "<mask>"], unknown: "<unk>" },
  none: { special: ["<pad>", "<unk>"], unknown: "<unk>" },
} as const;

export interface TrainingSetting {
  readonly special: readonly string[];
  readonly unknown: string;
  readonly template: TemplateSpec | null;
  readonly normalizer: NormalizerSpec;
}

export function toTrainingSetting(
  { template = "bert", specialTokens = [], lowercase = false }: TokenizerTrainingOptions,
  { where, marksBlanks }: { readonly where: string; readonly marksBlanks: boolean },
): TrainingSetting {
  checkOneOf(template, { where, what: "template", allowed: Object.keys(TEMPLATES) });
  const { special, unknown } = TEMPLATES[template];
  const all = [...new Set([...special, ...specialTokens])];
  const steps: NormalizerSpec[] = [
    { type: "NFC" },
    ...(lowercase ? [{ type: "Lowercase" } as const] : []),
    ...(marksBlanks
      ? ([
          { type: "Replace", pattern: { Regex: "\\s+" }, content: " " },
          { type: "Strip", strip_left: true, strip_right: true },
        ] as const)
      : []),
  ];
  return {
    special: all,
    unknown,
    template: template === "none" ? null : createTemplate(template, all),
    normalizer: steps.length === 1 ? steps[0] : { type: "Sequence", normalizers: steps },
  };
}

function createTemplate(template: "bert" | "sequence", special: readonly string[]): TemplateSpec {
  const [first, last] = template === "bert" ? ["[CLS]", "[SEP]"] : ["<s>", "</s>"];
  const token = (id: string, typeId: number) => ({ SpecialToken: { id, type_id: typeId } });
  const single = [token(first, 0), { Sequence: { id: "A" as const, type_id: 0 } }, token(last, 0)];
  const entry = (id: string) => [id, { id, ids: [special.indexOf(id)], tokens: [id] }] as const;
  return {
    type: "TemplateProcessing",
    single,
    pair: [...single, { Sequence: { id: "B" as const, type_id: 1 } }, token(last, 1)],
    special_tokens: Object.fromEntries([entry(first), entry(last)]),
  };
}

export function checkTexts(texts: readonly string[], { where }: { readonly where: string }): void {
  checkNotEmpty(texts, { where, what: "texts" });
  if (Array.isArray(texts) && texts.every((text) => typeof text === "string")) return;
  throw new LearnerError({
    code: "wrong-option",
    where,
    given: { en: "`texts` is no list of texts.", ko: "`texts`가 글의 목록이 아닙니다." },
    expected: { en: "A list with a text in each place.", ko: "자리마다 글(문자열)이 든 목록이어야 합니다." },
    remedy: {
      en: "Pass `data.train.texts`, for instance.",
      ko: "예를 들어 `data.train.texts`를 넘기십시오.",
    },
  });
}

/** How often each part of the texts occurs that no token crosses. */
export function countParts(
  texts: readonly string[],
  { normalizer, cutter }: { readonly normalizer: NormalizerSpec; readonly cutter: PreTokenizerSpec },
): Map<string, number> {
  const counts = new Map<string, number>();
  const [normalize, preTokenize] = [createNormalizer(normalizer), createPreTokenizer(cutter)];
  for (const text of texts) {
    for (const part of preTokenize(normalize(AlignedText.of(text)), true))
      counts.set(part.text, (counts.get(part.text) ?? 0) + 1);
  }
  return counts;
}

/** The characters of the parts, the most frequent first, and those alone that find room. */
export function chooseAlphabet(parts: ReadonlyMap<string, number>, limit: number): string[] {
  const counts = new Map<string, number>();
  for (const [part, count] of parts)
    for (const character of part) counts.set(character, (counts.get(character) ?? 0) + count);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([character]) => character);
}

export function checkSubwordOptions(
  { vocabSize = 1000, minFrequency = 2, limitAlphabet }: SubwordTrainingOptions,
  { where, smallest }: { readonly where: string; readonly smallest: number },
): { readonly vocabSize: number; readonly minFrequency: number; readonly limitAlphabet: number } {
  checkInteger(vocabSize, { where, what: "vocabSize", min: smallest });
  checkInteger(minFrequency, { where, what: "minFrequency", min: 1 });
  const limit = limitAlphabet ?? Math.max(1, Math.floor(((vocabSize - smallest) * 3) / 4));
  checkInteger(limit, { where, what: "limitAlphabet", min: 1 });
  return { vocabSize, minFrequency, limitAlphabet: limit };
}

/** The whole of it as a tokenizer. */
export function assembleTokenizer(
  { special, template, normalizer }: TrainingSetting,
  {
    model,
    cutter,
    decoder,
  }: { readonly model: ModelSpec; readonly cutter: PreTokenizerSpec; readonly decoder: DecoderSpec | null },
): Tokenizer {
  const added = special.map((content, id): AddedToken => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const file: TokenizerFile = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer,
    pre_tokenizer: cutter,
    post_processor: template,
    decoder,
    model,
  };
  return Tokenizer.fromJSON(file);
}

export function toVocab(tokens: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(tokens.map((token, id) => [token, id]));
}
