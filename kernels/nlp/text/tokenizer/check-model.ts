/** Whether the model of a tokenizer.json is known and whole. */
import { isPlain, refuse, type Plain } from "./refusal.ts";
import type { BPESpec, ModelSpec, UnigramSpec, WordLevelSpec, WordPieceSpec } from "./tokenizer-file.ts";

export function toModel(model: Plain): ModelSpec {
  const type = model.type ?? guessType(model);
  switch (type) {
    case "WordPiece":
      return toWordPiece(model);
    case "WordLevel":
      return toWordLevel(model);
    case "BPE":
      return toBPE(model);
    case "Unigram":
      return toUnigram(model);
    default: {
      const given = JSON.stringify(type) ?? "undefined";
      throw refuse(
        `The model's type is ${given}; known are WordPiece, BPE, Unigram and WordLevel.`,
        `모델의 종류 ${given}을(를) 알지 못합니다. 아는 종류: WordPiece, BPE, Unigram, WordLevel.`,
      );
    }
  }
}

/** Old files do not name it. */
function guessType({ vocab, merges, continuing_subword_prefix: prefix }: Plain): string | undefined {
  if (Array.isArray(vocab)) return "Unigram";
  if (Array.isArray(merges)) return "BPE";
  return typeof prefix === "string" ? "WordPiece" : undefined;
}

function toWordPiece(model: Plain): WordPieceSpec {
  const longest = model.max_input_chars_per_word ?? 100;
  if (!Number.isInteger(longest) || (longest as number) < 1)
    throw wrongField("max_input_chars_per_word", longest);
  return {
    type: "WordPiece",
    unk_token: toText(model, { name: "unk_token", default: "[UNK]" }),
    continuing_subword_prefix: toText(model, { name: "continuing_subword_prefix", default: "##" }),
    max_input_chars_per_word: longest as number,
    vocab: toVocab(model.vocab),
  };
}

function toWordLevel(model: Plain): WordLevelSpec {
  return {
    type: "WordLevel",
    vocab: toVocab(model.vocab),
    unk_token: toText(model, { name: "unk_token", default: "<unk>" }),
  };
}

function toBPE(model: Plain): BPESpec {
  const { dropout = null } = model;
  if (dropout !== null && dropout !== 0) {
    throw refuse(
      "The BPE leaves out merges at random (`dropout`): it cuts a text differently each time.",
      "이 BPE는 병합을 무작위로 빼므로(`dropout`) 같은 글도 매번 다르게 나눕니다.",
    );
  }
  const optional = (name: string) =>
    (model[name] ?? null) === null ? null : toText(model, { name, default: "" });
  const vocab = toVocab(model.vocab);
  const prefix = optional("continuing_subword_prefix") || null;
  return {
    type: "BPE",
    dropout: null,
    unk_token: optional("unk_token"),
    continuing_subword_prefix: prefix,
    end_of_word_suffix: optional("end_of_word_suffix") || null,
    fuse_unk: toFlag(model, "fuse_unk"),
    byte_fallback: toFlag(model, "byte_fallback"),
    ignore_merges: toFlag(model, "ignore_merges"),
    vocab,
    merges: toMerges(model.merges, { vocab, prefix: prefix ?? "" }),
  };
}

/** As pairs; older files write them as "left right". */
function toMerges(
  merges: unknown,
  { vocab, prefix }: { readonly vocab: BPESpec["vocab"]; readonly prefix: string },
): readonly (readonly [string, string])[] {
  const isPair = (pair: unknown) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");
  const pairs = Array.isArray(merges)
    ? merges.map((merge: unknown) => (typeof merge === "string" ? merge.split(" ") : merge))
    : undefined;
  if (!pairs?.every(isPair))
    throw refuse("`model.merges` is no list of pairs.", "`model.merges`가 쌍의 목록이 아닙니다.");
  for (const [left, right] of pairs as [string, string][]) {
    const merged = left + right.slice(right.startsWith(prefix) ? prefix.length : 0);
    const missing = [left, right, merged].find((token) => !Object.hasOwn(vocab, token));
    if (missing !== undefined) {
      const [pair, name] = [`${left} + ${right}`, JSON.stringify(missing)];
      throw refuse(
        `\`model.merges\` has ${pair}, but ${name} is not in the vocabulary.`,
        `\`model.merges\`에 ${pair}이(가) 있는데 ${name}은(는) 어휘에 없습니다.`,
      );
    }
  }
  return pairs as [string, string][];
}

function toUnigram(model: Plain): UnigramSpec {
  const { vocab, unk_id: unknown = null } = model;
  const isPiece = (piece: unknown) =>
    Array.isArray(piece) &&
    piece.length === 2 &&
    typeof piece[0] === "string" &&
    piece[0] !== "" &&
    Number.isFinite(piece[1]);
  const isList = Array.isArray(vocab) && vocab.length > 0 && vocab.every(isPiece);
  const isPlace = Number.isInteger(unknown) && (unknown as number) >= 0;
  if (isList && (unknown === null || (isPlace && (unknown as number) < vocab.length))) {
    return {
      type: "Unigram",
      unk_id: unknown as number | null,
      vocab: vocab as [string, number][],
      byte_fallback: toFlag(model, "byte_fallback"),
    };
  }
  throw refuse(
    "`model.vocab` is no list of [piece, score] with `unk_id` in it.",
    "`model.vocab`이 [조각, 점수]의 목록이 아니거나 `unk_id`가 그 안에 없습니다.",
  );
}

function toVocab(vocab: unknown): Readonly<Record<string, number>> {
  const ids = isPlain(vocab) ? Object.values(vocab) : [];
  const isValid =
    ids.length > 0 &&
    new Set(ids).size === ids.length &&
    ids.every((id) => Number.isInteger(id) && (id as number) >= 0 && (id as number) < MOST_IDS);
  if (isValid) return vocab as Readonly<Record<string, number>>;
  throw refuse(
    "`model.vocab` is no table of tokens with an id of their own each.",
    "`model.vocab`이 토큰마다 서로 다른 id를 주는 표가 아닙니다.",
  );
}

/** An id beyond is a mistake of the file, and a list with so many places would not fit. */
export const MOST_IDS = 10_000_000;

function toText(model: Plain, { name, default: missing }: { name: string; default: string }): string {
  const value = model[name] ?? missing;
  if (typeof value === "string") return value;
  throw wrongField(name, value);
}

function toFlag(model: Plain, name: string): boolean {
  const value = model[name] ?? false;
  if (typeof value === "boolean") return value;
  throw wrongField(name, value);
}

function wrongField(name: string, value: unknown): Error {
  const given = JSON.stringify(value);
  return refuse(`\`model.${name}\` is ${given}.`, `\`model.${name}\`이(가) ${given}입니다.`);
}
