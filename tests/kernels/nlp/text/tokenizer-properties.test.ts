/** What holds of a tokenizer for every text, however odd. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Tokenizer,
  trainBPE,
  trainUnigram,
  trainWordLevel,
  trainWordPiece,
} from "../../../../kernels/nlp/text/index.ts";

const LEARNT = [
  "I missed the last bus.",
  "the bus is late, the last one",
  "버스를 놓쳤어요.",
  "마지막 버스가 늦어요!",
];

/** Jamo of all kinds, marks, ligatures, blanks, emoji, halfwidth letters, half a surrogate pair. */
const ODD = [
  ..."the bus 버스를 놓쳤.!\t\n",
  ..."\u1112\u1161\u11abㅎㅏㄴㅋㅠﾡﾂﾤ",
  ..."e\u0301\u0323\u0307\u0334ﬁ½Ⅳ㎏①Åİß",
  ..."か\u3099ｶﾞ\u{16d63}\u{16d67}",
  ..."\u200b\ufeff\u0085\u00a0\u3000▁",
  "👩‍👩‍👧",
  "👍🏽",
  "\ud800",
  "[MASK]",
  "[UNK",
];
const oddText = fc.array(fc.constantFrom(...ODD), { maxLength: 14 }).map((parts) => parts.join(""));

const tokenizers: [string, Tokenizer][] = [
  ["WordPiece", trainWordPiece(LEARNT, { vocabSize: 90, minFrequency: 1 })],
  ["BPE", trainBPE(LEARNT, { vocabSize: 90, minFrequency: 1 })],
  ["BPE on bytes", trainBPE(LEARNT, { vocabSize: 300, level: "bytes", template: "sequence" })],
  ["Unigram", trainUnigram(LEARNT, { vocabSize: 80, minFrequency: 1, lowercase: true })],
  ["characters", trainWordLevel(LEARNT, { split: "characters", template: "sequence" })],
];

describe.each(tokenizers)("%s", (_, tokenizer) => {
  it("gives lists of one length, ids of the vocabulary, and places in order within the text", () => {
    fc.assert(
      fc.property(oddText, (text) => {
        const encoding = tokenizer.encode(text);
        const { ids, tokens, offsets, wordIds, specialTokensMask } = encoding;
        const lengths = [
          tokens,
          offsets,
          wordIds,
          specialTokensMask,
          encoding.attentionMask,
          encoding.tokenTypeIds,
        ];
        expect(lengths.map(({ length }) => length)).toEqual(lengths.map(() => ids.length));
        expect(ids.map((id) => tokenizer.idToToken(id))).toEqual(tokens);
        let [last, lastWord] = [0, 0];
        offsets.forEach(([start, end], place) => {
          const word = wordIds[place];
          if (word === null) return expect([start, end]).toEqual([0, 0]);
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(word).toBeGreaterThanOrEqual(lastWord);
          [last, lastWord] = [end, word];
        });
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it("stands for every letter of the text, and each token for what it says", () => {
    fc.assert(
      fc.property(oddText, (text) => {
        const { ids, tokens, offsets, wordIds } = tokenizer.encode(text);
        const covered = new Set(
          offsets.flatMap(([start, end]) =>
            Array.from({ length: end - start }, (_unit, unit) => start + unit),
          ),
        );
        for (const { index } of text.matchAll(/[a-z가-힣]/g)) expect(covered.has(index)).toBe(true);
        tokens.forEach((token, place) => {
          const piece = token.replace(/^(?:##|▁|Ġ)/, "");
          if (wordIds[place] === null || ids[place] === tokenizer.unkTokenId || !/^[a-z]+$/.test(piece))
            return;
          const [start, end] = offsets[place];
          expect(text.slice(start, end).normalize("NFKC").toLowerCase()).toContain(piece);
        });
      }),
      { seed: 8, numRuns: 150 },
    );
  });

  it("keeps to the longest length that it is given, for one text and for two", () => {
    fc.assert(
      fc.property(oddText, oddText, fc.integer({ min: 5, max: 12 }), (text, pair, maxLength) => {
        const [whole, cut] = [tokenizer.encode(text), tokenizer.encode(text, { maxLength })];
        expect(cut.ids).toHaveLength(Math.min(whole.ids.length, maxLength));
        const both = tokenizer.encode(text, { pair });
        expect(tokenizer.encode(text, { pair, maxLength }).ids).toHaveLength(
          Math.min(both.ids.length, maxLength),
        );
      }),
      { seed: 9, numRuns: 100 },
    );
  });
});

describe("a normal form", () => {
  const model = {
    type: "Unigram",
    unk_id: 0,
    vocab: [
      ["<unk>", 0],
      ["a", -1],
    ],
    byte_fallback: false,
  };
  // A character is a token: put together they are the normalised text.
  it.each(["NFC", "NFD", "NFKC", "NFKD"] as const)("%s of pieces is that of the whole text", (form) => {
    fc.assert(
      fc.property(oddText, (text) => {
        const characters = [...new Set(text.normalize(form))];
        const pieces = characters.map((character): [string, number] => [character, -1]);
        const tokenizer = Tokenizer.fromJSON({
          normalizer: { type: form },
          decoder: { type: "Fuse" },
          model: { ...model, vocab: [["<unk>", 0], ...pieces] },
        });
        expect(tokenizer.decode(tokenizer.encode(text).ids)).toBe(text.normalize(form));
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it("points at the letters that melted together, and at no others", () => {
    const text = "ㅋㅋ ㅎㅏㄴ ﬁn";
    const vocab = ["<unk>", "ᄏ", " ", "하", "ᄂ", "f", "i", "n"].map((piece) => [piece, -1]);
    const tokenizer = Tokenizer.fromJSON({
      normalizer: { type: "NFKC" },
      pre_tokenizer: { type: "WhitespaceSplit" },
      model: { type: "Unigram", unk_id: 0, vocab },
    });
    const { tokens, offsets } = tokenizer.encode(text);
    expect(tokens.map((token, place) => [token, text.slice(...offsets[place])])).toEqual([
      ["ᄏ", "ㅋ"],
      ["ᄏ", "ㅋ"],
      ["하", "ㅎㅏ"],
      ["ᄂ", "ㄴ"],
      ["f", "ﬁ"],
      ["i", "ﬁ"],
      ["n", "n"],
    ]);
  });
});

describe("bytes", () => {
  const tokenizer = trainBPE(LEARNT, { vocabSize: 320, level: "bytes" });

  it("give back every text in NFC, a byte order mark at its beginning too", () => {
    fc.assert(
      fc.property(oddText, (text) => {
        fc.pre(!text.includes("[MASK]"));
        const { ids } = tokenizer.encode(text);
        expect(tokenizer.decode(ids)).toBe(text.normalize("NFC").replace(/\p{Cs}/gu, "\ufffd"));
      }),
      { seed: 11, numRuns: 200 },
    );
    expect(tokenizer.decode(tokenizer.encode("\ufeffthe").ids)).toBe("\ufeffthe");
  });

  it("of given words are those of the words in a text", () => {
    const words = ["the", "last", "버스를", "놓쳤어요"];
    const { ids, offsets, text, wordIds } = tokenizer.encodeWords(words);
    expect(ids).toEqual(tokenizer.encode(words.join(" ")).ids);
    wordIds.forEach((word, place) => {
      if (word !== null) expect(words[word]).toContain(text.slice(...offsets[place]));
    });
  });
});

describe("two texts that are too long together", () => {
  const tokenizer = trainWordLevel(["a b c d e f g h"]);
  const shared = (first: string, second: string, room: number) => {
    const { tokenTypeIds, specialTokensMask } = tokenizer.encode(first, {
      pair: second,
      maxLength: room + 3,
    });
    const own = tokenTypeIds.filter((_, place) => specialTokensMask[place] === 0);
    return [own.filter((type) => type === 0).length, own.filter((type) => type === 1).length];
  };

  it("share the room by the rule longest_first", () => {
    expect(shared("a b c d e f", "a b", 5)).toEqual([3, 2]);
    expect(shared("a b c d e f", "a b c d", 5)).toEqual([3, 2]);
    expect(shared("a b c", "a b c d e f", 5)).toEqual([2, 3]);
    expect(shared("a b c d", "a b c d", 5)).toEqual([2, 3]);
    expect(shared("a", "a b c d e f", 4)).toEqual([1, 3]);
    expect(shared("a b", "a b", 4)).toEqual([2, 2]);
    expect(shared("a b c d", "", 2)).toEqual([2, 0]);
  });
});
