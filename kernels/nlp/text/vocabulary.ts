import { checkInteger, checkNotEmpty } from "../arguments.ts";
import { LearnerError } from "../error.ts";

export interface VocabularyOptions {
  /** Tokens that occur less often are left out. Default 1: all are kept. */
  readonly minCount?: number;
  /** At most so many tokens, special ones included; the most frequent stay. Default: no limit. */
  readonly maxSize?: number;
  /** Tokens that get the first ids whether they occur or not. Default ["[UNK]"]. */
  readonly specialTokens?: readonly string[];
  /** The special token that stands for whatever is not in the vocabulary. Default "[UNK]", where it is among the special ones. */
  readonly unknownToken?: string;
}

/**
 * The list of known tokens, each with its id: its place in the list.
 *
 * Special tokens come first, then the others from the most frequent to the rarest (equally frequent ones in the order
 * of the alphabet), so the same texts always give the same ids.
 *
 * @ko 아는 토큰의 목록이며, 토큰마다 목록에서의 자리를 번호로 줍니다.
 */
export class Vocabulary {
  /** Token by id. */
  readonly tokens: readonly string[];
  readonly specialTokens: readonly string[];
  readonly unknownToken: string | undefined;
  /** How many token lists (documents) the vocabulary was built from. */
  readonly documents: number;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #counts: ReadonlyMap<string, Count>;

  private constructor(spec: {
    tokens: readonly string[];
    specialTokens: readonly string[];
    unknownToken: string | undefined;
    documents: number;
    counts: ReadonlyMap<string, Count>;
  }) {
    this.tokens = spec.tokens;
    this.specialTokens = spec.specialTokens;
    this.unknownToken = spec.unknownToken;
    this.documents = spec.documents;
    this.#ids = new Map(spec.tokens.map((token, id) => [token, id]));
    this.#counts = spec.counts;
  }

  /**
   * The vocabulary of some texts, each given as its list of tokens. Build it on the training split alone: words of
   * the test split must be as unknown to the model as they will be in the world.
   *
   * @example
   * const vocabulary = Vocabulary.build(train.texts.map((text) => tokenizeWords(text)), { minCount: 2 });
   */
  static build(tokenLists: readonly (readonly string[])[], options: VocabularyOptions = {}): Vocabulary {
    const where = "Vocabulary.build";
    const { minCount = 1, maxSize = Infinity, specialTokens = ["[UNK]"] } = options;
    checkNotEmpty(tokenLists, { where, what: "tokenLists" });
    checkInteger(minCount, { where, what: "minCount", min: 1 });
    if (maxSize !== Infinity)
      checkInteger(maxSize, { where, what: "maxSize", min: specialTokens.length + 1 });
    const unknownToken = options.unknownToken ?? (specialTokens.includes("[UNK]") ? "[UNK]" : undefined);
    if (unknownToken !== undefined && !specialTokens.includes(unknownToken))
      throw unlistedUnknown(unknownToken);

    const counts = countTokens(tokenLists);
    const special = new Set(specialTokens);
    const kept = [...counts]
      .filter(([token, { count }]) => count >= minCount && !special.has(token))
      .sort(([a, { count: m }], [b, { count: n }]) => n - m || (a < b ? -1 : 1))
      .map(([token]) => token);
    const tokens = [...special, ...kept].slice(0, maxSize);
    return new Vocabulary({
      tokens,
      specialTokens: [...special],
      unknownToken,
      documents: tokenLists.length,
      counts,
    });
  }

  /** How many tokens there are, and so how long a bag of words is. */
  get size(): number {
    return this.tokens.length;
  }

  has(token: string): boolean {
    return this.#ids.has(token);
  }

  /** The token's id, or undefined. */
  maybeId(token: string): number | undefined {
    return this.#ids.get(token);
  }

  /** How often the token occurred in the texts that the vocabulary was built from. */
  count(token: string): number {
    return this.#counts.get(token)?.count ?? 0;
  }

  /** In how many of those texts it occurred at least once. */
  documentCount(token: string): number {
    return this.#counts.get(token)?.documents ?? 0;
  }

  /** Tokens to ids; what is not in the vocabulary gets the id of the unknown token. */
  encode(tokens: readonly string[]): number[] {
    return tokens.map((token) => {
      const id =
        this.#ids.get(token) ??
        (this.unknownToken === undefined ? undefined : this.#ids.get(this.unknownToken));
      if (id === undefined) throw unknownToken(token, this.size);
      return id;
    });
  }

  /** Ids to tokens, the inverse of `encode` but for unknown tokens. */
  decode(ids: readonly number[]): string[] {
    return ids.map((id) => {
      checkInteger(id, { where: "Vocabulary.decode", what: "id", min: 0, max: this.size - 1 });
      return this.tokens[id];
    });
  }
}

interface Count {
  count: number;
  documents: number;
}

function countTokens(tokenLists: readonly (readonly string[])[]): Map<string, Count> {
  const counts = new Map<string, Count & { last: number }>();
  tokenLists.forEach((tokens, document) => {
    for (const token of tokens) {
      const entry = counts.get(token) ?? { count: 0, documents: 0, last: -1 };
      entry.count += 1;
      if (entry.last !== document) entry.documents += 1;
      entry.last = document;
      counts.set(token, entry);
    }
  });
  return counts;
}

function unknownToken(token: string, size: number): LearnerError {
  return new LearnerError({
    code: "unknown-label",
    where: "Vocabulary.encode",
    given: {
      en: `The token ${JSON.stringify(token)} is not among the ${size} known ones.`,
      ko: `토큰 ${JSON.stringify(token)}은(는) 어휘의 토큰 ${size}개에 들어 있지 않습니다.`,
    },
    expected: {
      en: "Without an unknown token every token must be in the vocabulary.",
      ko: "미등록 토큰이 없으면 모든 토큰이 어휘에 있어야 합니다.",
    },
    remedy: {
      en: 'Build it with `specialTokens: ["[UNK]"]`, or encode with the tokenizer it was built with.',
      ko: '`specialTokens: ["[UNK]"]`로 만들거나, 어휘를 만들 때 쓴 토크나이저로 나누십시오.',
    },
  });
}

function unlistedUnknown(token: string): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "Vocabulary.build",
    given: {
      en: `\`unknownToken\` is ${JSON.stringify(token)}.`,
      ko: `\`unknownToken\`이 ${JSON.stringify(token)}입니다.`,
    },
    expected: { en: "It must be one of `specialTokens`.", ko: "`specialTokens`에 들어 있어야 합니다." },
    remedy: { en: "Add it to `specialTokens`.", ko: "`specialTokens`에 넣으십시오." },
  });
}
