import { checkInteger, checkNotEmpty, checkOneOf } from "../../arguments.ts";
import { toTokenizerFile } from "./check-file.ts";
import { joinTokens } from "./decoders.ts";
import { padEncoding, type BatchEncoding, type Encoding } from "./encoding.ts";
import { createPieceModel } from "./piece-model.ts";
import { keepsBlanks } from "./pre-tokenizers.ts";
import { fillTemplate, shareRoom, type Token } from "./template.ts";
import { createTextCutter, type TextCutter } from "./text-cutter.ts";
import { TOKEN_ROLES } from "./token-roles.ts";
import type { TokenizerFile } from "./tokenizer-file.ts";
import { checkText, noPadding, withoutToken } from "./tokenizer-mistakes.ts";

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
  readonly #tokens: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #special: ReadonlySet<number>;
  readonly #added: ReadonlySet<string>;
  readonly #cut: TextCutter;

  private constructor(file: TokenizerFile) {
    this.#file = file;
    const model = createPieceModel(file.model);
    const tokens = [...model.tokens];
    for (const { id, content } of file.added_tokens) tokens[id] = content;
    this.#tokens = tokens;
    this.#ids = new Map(
      [...tokens.entries()].flatMap(([id, token]) => (token === undefined ? [] : [[token, id] as const])),
    );
    this.#special = new Set(file.added_tokens.filter(({ special }) => special).map(({ id }) => id));
    this.#added = new Set(file.added_tokens.map(({ content }) => content));
    this.#cut = createTextCutter(file, { model, ids: this.#ids });
  }

  /**
   * A tokenizer from the content of a tokenizer.json, as text or read. A kind of step that this library does not know is
   * refused by its name. What a file says of truncation and padding is not taken over: say it to `encode` and `pad`.
   */
  static fromJSON(json: unknown): Tokenizer {
    return new Tokenizer(toTokenizerFile(json));
  }

  /** The content of tokenizer.json, which Hugging Face's libraries load. */
  toJSON(): TokenizerFile {
    return this.#file;
  }

  /** How many ids there are, so one more than the last. */
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
    const token: string | undefined = this.#tokens[id];
    if (token === undefined) throw withoutToken(id);
    return token;
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

  /**
   * A sentence that is already cut into words: `wordIds` are their places in the list. For labels that stand on words.
   * Where blanks belong to tokens, as in bytes, each word but the first is read with one before it.
   */
  encodeWords(words: readonly string[], options: Omit<EncodeOptions, "pair"> = {}): Encoding {
    checkNotEmpty(words, { where: "Tokenizer.encodeWords", what: "words" });
    const blank = keepsBlanks(this.#file.pre_tokenizer) ? " " : "";
    let offset = 0;
    const first = words.flatMap((word, place) => {
      checkText(word, `words[${place}]`);
      const lead = place === 0 ? "" : blank;
      const shift = offset - lead.length;
      offset += word.length + 1;
      return this.#cut(lead + word).map(({ id, offsets: [start, end] }): Token => ({
        id,
        offsets: [shift + start, shift + end],
        wordId: place,
      }));
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
    const longest = encodings.reduce((most, { ids }) => Math.max(most, ids.length), 0);
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
      { isAdded: (token) => this.#added.has(token) },
    );
  }

  decodeBatch(rows: readonly ArrayLike<number>[], options: DecodeOptions = {}): string[] {
    return rows.map((ids) => this.decode(ids, options));
  }

  #role(role: keyof typeof TOKEN_ROLES): number | undefined {
    const name = TOKEN_ROLES[role].find((token) => this.#ids.has(token));
    return name === undefined ? undefined : this.#ids.get(name);
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
    const template = this.#file.post_processor;
    const around = fillTemplate(template, { first: [], second: second && [], addSpecialTokens }).length;
    if (maxLength !== undefined) checkInteger(maxLength, { where, what: "maxLength", min: around + 1 });
    const lengths = [first.length, second?.length ?? 0] as const;
    const [a, b] = shareRoom(lengths, (maxLength ?? Infinity) - around);
    const filled = fillTemplate(template, {
      first: first.slice(0, a),
      second: second?.slice(0, b),
      addSpecialTokens,
    });
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
