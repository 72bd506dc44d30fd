import { checkInteger, checkNotEmpty, checkOneOf } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { AlignedText } from "./aligned-text.ts";
import { joinTokens } from "./decoders.ts";
import { padEncoding, type BatchEncoding, type Encoding } from "./encoding.ts";
import { normalizeAligned } from "./normalizers.ts";
import { createPieceModel, type PieceModel } from "./piece-model.ts";
import { preTokenize } from "./pre-tokenizers.ts";
import { fillTemplate, type Token } from "./template.ts";
import type { TokenizerFile } from "./tokenizer-file.ts";
import { checkTokenizerFile } from "./check-tokenizer-file.ts";

export interface EncodeOptions {
  /** A second text, for models that read pairs. */
  readonly pair?: string;
  /** At most so many tokens, special ones included; the longer of a pair loses tokens first. Default: no limit. */
  readonly maxLength?: number;
  /** Add what the template has around a text, such as [CLS] and [SEP]. Default true. */
  readonly addSpecialTokens?: boolean;
}

export interface EncodeBatchOptions extends Omit<EncodeOptions, "pair"> {
  /** Up to the longest of the batch, up to `maxLength`, or not at all. Default "longest". */
  readonly padding?: "longest" | "maxLength" | false;
}

export interface DecodeOptions {
  /** Leave out special tokens. Default true. */
  readonly skipSpecialTokens?: boolean;
}

/** The names under which special tokens are known. */
const ROLES = {
  pad: ["[PAD]", "<pad>"],
  unk: ["[UNK]", "<unk>"],
  cls: ["[CLS]"],
  sep: ["[SEP]"],
  mask: ["[MASK]", "<mask>"],
  bos: ["<s>"],
  eos: ["</s>"],
} as const;

/**
 * Cuts texts into tokens of a vocabulary and gives each its id, as the library Tokenizers of Hugging Face does, in four
 * steps: normalise the text, cut it into words, cut the words into tokens, put special tokens around. Made by
 * `trainWordPiece`, `trainBPE`, `trainUnigram` and `trainWordLevel`, or from a tokenizer.json.
 *
 * Every token knows where in the text it stands, through all changes: `text.slice(...offsets[i])`.
 *
 * @ko 글을 어휘의 토큰으로 나누어 id를 주는 토크나이저입니다. 허깅페이스의 tokenizer.json과 같은 방식입니다.
 * @example
 * const tokenizer = trainWordPiece(train.texts, { vocabSize: 800 });
 * const { ids, tokens } = tokenizer.encode("I missed the last bus.");
 * tokenizer.decode(ids); // "I missed the last bus ."
 */
export class Tokenizer {
  readonly #file: TokenizerFile;
  readonly #model: PieceModel;
  readonly #tokens: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #special: ReadonlySet<number>;
  readonly #addedPattern: RegExp | undefined;

  private constructor(file: TokenizerFile) {
    this.#file = file;
    this.#model = createPieceModel(file.model);
    const tokens = [...this.#model.tokens];
    for (const { id, content } of file.added_tokens) tokens[id] = content;
    this.#tokens = tokens;
    this.#ids = new Map(tokens.map((token, id) => [token, id]));
    this.#special = new Set(file.added_tokens.filter(({ special }) => special).map(({ id }) => id));
    this.#addedPattern = findAnyOf(file.added_tokens.map(({ content }) => content));
  }

  /**
   * A tokenizer from the content of a tokenizer.json, as text or read. A kind of step that this library does not know is
   * refused by its name.
   */
  static fromJSON(json: unknown): Tokenizer {
    return new Tokenizer(checkTokenizerFile(json));
  }

  /** The content of tokenizer.json, which Hugging Face's libraries load. */
  toJSON(): TokenizerFile {
    return this.#file;
  }

  /** How many ids there are. */
  get vocabSize(): number {
    return this.#tokens.length;
  }

  /** Token by id. */
  get tokens(): readonly string[] {
    return this.#tokens;
  }

  /** The special tokens in the order of their ids. */
  get specialTokens(): readonly string[] {
    return [...this.#special].sort((a, b) => a - b).map((id) => this.#tokens[id]);
  }

  get padTokenId(): number | undefined {
    return this.#role("pad");
  }

  get unkTokenId(): number | undefined {
    return this.#role("unk");
  }

  get clsTokenId(): number | undefined {
    return this.#role("cls");
  }

  get sepTokenId(): number | undefined {
    return this.#role("sep");
  }

  get maskTokenId(): number | undefined {
    return this.#role("mask");
  }

  get bosTokenId(): number | undefined {
    return this.#role("bos");
  }

  get eosTokenId(): number | undefined {
    return this.#role("eos");
  }

  /** The token's id, or undefined where it is not in the vocabulary. */
  tokenToId(token: string): number | undefined {
    return this.#ids.get(token);
  }

  idToToken(id: number): string {
    checkInteger(id, { where: "Tokenizer.idToToken", what: "id", min: 0, max: this.vocabSize - 1 });
    return this.#tokens[id];
  }

  /** The tokens of a text, without special ones around. */
  tokenize(text: string): string[] {
    return this.#cut(text).map(({ id }) => this.#tokens[id]);
  }

  encode(text: string, options: EncodeOptions = {}): Encoding {
    const { pair, ...rest } = options;
    checkText(text, "text");
    if (pair !== undefined) checkText(pair, "pair");
    const second = pair === undefined ? undefined : this.#cut(pair);
    return this.#finish(
      { text, pair, first: this.#cut(text), second },
      { where: "Tokenizer.encode", ...rest },
    );
  }

  /** A sentence that is already cut into words: `wordIds` are their places in the list. For labels that stand on words. */
  encodeWords(words: readonly string[], options: Omit<EncodeOptions, "pair"> = {}): Encoding {
    checkNotEmpty(words, { where: "Tokenizer.encodeWords", what: "words" });
    let offset = 0;
    const first = words.flatMap((word, place) => {
      checkText(word, `words[${place}]`);
      const tokens = this.#cut(word, offset).map((token) => ({ ...token, wordId: place }));
      offset += word.length + 1;
      return tokens;
    });
    return this.#finish({ text: words.join(" "), first }, { where: "Tokenizer.encodeWords", ...options });
  }

  /** Texts, or pairs of texts, encoded to one length. */
  encodeBatch(
    texts: readonly (string | readonly [text: string, pair: string])[],
    options: EncodeBatchOptions = {},
  ): BatchEncoding {
    checkNotEmpty(texts, { where: "Tokenizer.encodeBatch", what: "texts" });
    const { padding, ...rest } = options;
    const encodings = texts.map((item) =>
      typeof item === "string" ? this.encode(item, rest) : this.encode(item[0], { ...rest, pair: item[1] }),
    );
    return this.pad(encodings, { padding, maxLength: rest.maxLength });
  }

  /** Encodings brought to one length. */
  pad(
    encodings: readonly Encoding[],
    options: Pick<EncodeBatchOptions, "padding" | "maxLength"> = {},
  ): BatchEncoding {
    const where = "Tokenizer.pad";
    const { padding = "longest", maxLength } = options;
    if (padding !== false) checkOneOf(padding, { where, what: "padding", allowed: ["longest", "maxLength"] });
    if (padding === "maxLength") checkInteger(maxLength ?? NaN, { where, what: "maxLength", min: 1 });
    const longest = Math.max(...encodings.map(({ ids }) => ids.length));
    const length = padding === false ? 0 : padding === "maxLength" ? (maxLength as number) : longest;
    const padId = this.padTokenId;
    if (padId === undefined && encodings.some(({ ids }) => ids.length < length)) throw noPadding();
    const padded = encodings.map((encoding) =>
      padId === undefined
        ? encoding
        : padEncoding(encoding, { length, padId, padToken: this.#tokens[padId] }),
    );
    return {
      inputIds: padded.map(({ ids }) => ids),
      attentionMask: padded.map(({ attentionMask }) => attentionMask),
      tokenTypeIds: padded.map(({ tokenTypeIds }) => tokenTypeIds),
      encodings: padded,
    };
  }

  decode(ids: ArrayLike<number>, options: DecodeOptions = {}): string {
    const { skipSpecialTokens = true } = options;
    const kept = Array.from(ids).filter((id) => !skipSpecialTokens || !this.#special.has(id));
    return joinTokens(
      kept.map((id) => this.idToToken(id)),
      this.#file.decoder,
    );
  }

  decodeBatch(rows: readonly ArrayLike<number>[], options: DecodeOptions = {}): string[] {
    return rows.map((ids) => this.decode(ids, options));
  }

  #role(role: keyof typeof ROLES): number | undefined {
    const name = ROLES[role].find((token) => this.#ids.has(token));
    return name === undefined ? undefined : this.#ids.get(name);
  }

  /** `offset`: where the text stands in a longer one. */
  #cut(text: string, offset = 0): Token[] {
    const { normalizer, pre_tokenizer: cutter } = this.#file;
    const original = " ".repeat(offset) + text;
    const tokens: Token[] = [];
    let word = 0;
    const cutPlain = (from: number, to: number) => {
      const plain = AlignedText.of(text.slice(from, to), offset + from);
      const normal = normalizer ? normalizeAligned(plain, normalizer) : plain;
      for (const part of cutter ? preTokenize(normal, cutter) : normal.length > 0 ? [normal] : []) {
        for (const { token, start, end } of this.#model.cut(part.text))
          tokens.push({ id: this.#idOf(token), offsets: part.span(start, end, original), wordId: word });
        word += 1;
      }
    };
    let done = 0;
    for (const { index, 0: added } of this.#addedPattern ? text.matchAll(this.#addedPattern) : []) {
      cutPlain(done, index);
      done = index + added.length;
      tokens.push({ id: this.#idOf(added), offsets: [offset + index, offset + done], wordId: word++ });
    }
    cutPlain(done, text.length);
    return tokens;
  }

  #idOf(token: string): number {
    return this.#ids.get(token) as number;
  }

  #finish(
    input: {
      readonly text: string;
      readonly pair?: string;
      readonly first: Token[];
      readonly second?: Token[];
    },
    { where, maxLength, addSpecialTokens = true }: Omit<EncodeOptions, "pair"> & { readonly where: string },
  ): Encoding {
    const { text, pair, first, second } = input;
    const template = addSpecialTokens ? this.#file.post_processor : null;
    const around = fillTemplate(template, [], second && []).length;
    if (maxLength !== undefined) checkInteger(maxLength, { where, what: "maxLength", min: around + 1 });
    const [a, b] = truncate(first, second, (maxLength ?? Infinity) - around);
    const filled = fillTemplate(template, a, b);
    return {
      text,
      ...(pair !== undefined && { pair }),
      ids: filled.map(({ id }) => id),
      tokens: filled.map(({ id }) => this.#tokens[id]),
      attentionMask: filled.map(() => 1),
      tokenTypeIds: filled.map(({ typeId }) => typeId),
      offsets: filled.map(({ offsets }) => offsets),
      wordIds: filled.map(({ wordId }) => wordId),
      specialTokensMask: filled.map(({ wordId }) => Number(wordId === null)),
    };
  }
}

/** The longer loses its last token until both fit. */
function truncate(
  first: readonly Token[],
  second: readonly Token[] | undefined,
  room: number,
): [readonly Token[], readonly Token[] | undefined] {
  let [a, b] = [first.length, second?.length ?? 0];
  while (a + b > room) {
    if (a >= b) a--;
    else b--;
  }
  return [first.slice(0, a), second?.slice(0, b)];
}

/** Longer ones first, so that none hides another that it begins. */
function findAnyOf(contents: readonly string[]): RegExp | undefined {
  if (contents.length === 0) return undefined;
  const escaped = [...contents]
    .sort((a, b) => b.length - a.length)
    .map((content) => content.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(escaped.join("|"), "gu");
}

function checkText(text: unknown, what: string): void {
  if (typeof text === "string") return;
  throw new LearnerError({
    code: "wrong-option",
    where: "Tokenizer",
    given: { en: `\`${what}\` is ${typeof text}.`, ko: `\`${what}\`의 타입이 ${typeof text}입니다.` },
    expected: { en: "A text was expected.", ko: "글(문자열)이어야 합니다." },
    remedy: {
      en: "For several texts use `encodeBatch`, for a list of words `encodeWords`.",
      ko: "글이 여러 개라면 `encodeBatch`를, 단어 목록이라면 `encodeWords`를 쓰십시오.",
    },
  });
}

function noPadding(): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "Tokenizer.pad",
    given: {
      en: "The texts have different lengths and the vocabulary has no [PAD] or <pad>.",
      ko: "글의 길이가 서로 다른데 어휘에 [PAD]나 <pad>가 없습니다.",
    },
    expected: { en: "A token to fill up with.", ko: "빈자리를 채울 토큰이 있어야 합니다." },
    remedy: {
      en: 'Train the tokenizer with `template: "bert"` or "sequence", or pass `padding: false`.',
      ko: '토크나이저를 `template: "bert"`나 "sequence"로 학습하거나 `padding: false`를 주십시오.',
    },
  });
}
