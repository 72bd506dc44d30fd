import { readFileSync } from "node:fs";
import { Tokenizer as Peer } from "@huggingface/tokenizers";
import { describe, expect, it } from "vitest";
import {
  bpeMerges,
  Tokenizer,
  trainBPE,
  trainUnigram,
  trainWordLevel,
  trainWordPiece,
} from "../../../../kernels/nlp/text/index.ts";

const read = (language: string) =>
  readFileSync(new URL(`../../../../notebooks/data/emotion/emotion.${language}.tsv`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t")[0]);
const texts = { en: read("en"), ko: read("ko") };
const ODD = [
  "",
  " ",
  "  two   blanks\tand a tab \n",
  "Café naïve Ångström ½ ﬁ",
  "\u1112\u1161\u11ab\u1100\u1173\u11af 자모로 쓴 한글",
  "ㅋㅋㅋ ㅠㅠ 정말?!",
  "日本語とkanji混じり 文",
  "emoji 👩‍👩‍👧 and 👍🏽!",
  "don't can't I'll we've",
  "3.14 is 1,000 times…",
  "zero\u200bwidth and \ufeffBOM",
  "[MASK] in the text, [UNK] too",
  "ＦＵＬＬ width",
  "a▁b",
];

const trainers = {
  WordPiece: (list: readonly string[]) => trainWordPiece(list, { vocabSize: 1200 }),
  "WordPiece in lower case": (list: readonly string[]) =>
    trainWordPiece(list, { vocabSize: 900, lowercase: true }),
  BPE: (list: readonly string[]) => trainBPE(list, { vocabSize: 1200, template: "sequence" }),
  "BPE on bytes": (list: readonly string[]) =>
    trainBPE(list, { vocabSize: 800, level: "bytes", template: "none" }),
  Unigram: (list: readonly string[]) => trainUnigram(list, { vocabSize: 1000, template: "sequence" }),
  "words alone": (list: readonly string[]) => trainWordLevel(list, { minFrequency: 2 }),
  characters: (list: readonly string[]) =>
    trainWordLevel(list, { split: "characters", template: "sequence" }),
};

describe.each(Object.entries(trainers))("%s", (_, train) => {
  describe.each(["en", "ko"] as const)("on %s", (language) => {
    const learnt = texts[language].slice(0, 600);
    const tokenizer = train(learnt);

    it("gives the ids that Hugging Face's library gives on its file", () => {
      const file = JSON.parse(JSON.stringify(tokenizer)) as Record<string, unknown>;
      const peer = new Peer(file, { unk_token: tokenizer.idToToken(tokenizer.unkTokenId ?? 0) });
      for (const text of [...texts[language].slice(500, 800), ...ODD]) {
        expect([text, tokenizer.encode(text).ids]).toEqual([text, peer.encode(text).ids]);
      }
    });

    it("gives the same ids once it has been saved and loaded", () => {
      const copy = Tokenizer.fromJSON(JSON.stringify(tokenizer));
      for (const text of texts[language].slice(600, 700))
        expect(copy.encode(text)).toEqual(tokenizer.encode(text));
    });

    it("is the same when it is trained again", () => {
      expect(JSON.stringify(train(learnt))).toBe(JSON.stringify(tokenizer));
    });

    it("says where each token stands", () => {
      for (const text of [...texts[language].slice(600, 700), ...ODD]) {
        const { offsets, tokens, specialTokensMask, ids } = tokenizer.encode(text);
        let last = 0;
        offsets.forEach(([start, end], place) => {
          if (specialTokensMask[place]) return expect([start, end]).toEqual([0, 0]);
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(end).toBeGreaterThanOrEqual(last);
          last = end;
          const piece = tokens[place].replace(/^(##|▁)/, "");
          const letters = /^[a-z가-힣]+$/.test(piece);
          if (ids[place] !== tokenizer.unkTokenId && letters && !text.includes("▁"))
            expect(text.slice(start, end).normalize("NFC").toLowerCase()).toBe(piece);
        });
      }
    });
  });
});

describe("a trained vocabulary", () => {
  it("has the size that was asked for, special tokens first, with what is frequent whole", () => {
    for (const train of [trainWordPiece, trainBPE, trainUnigram]) {
      const tokenizer = train(texts.en, { vocabSize: 700 });
      expect(tokenizer.vocabSize).toBe(700);
      expect(tokenizer.tokens.slice(0, 5)).toEqual(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]);
      expect(tokenizer.padTokenId).toBe(0);
      expect(tokenizer.tokenize("the")).toHaveLength(1);
      expect(tokenizer.tokenize("uncharacteristically").length).toBeGreaterThan(3);
    }
  });

  it("in bytes knows every text and gives it back", () => {
    const tokenizer = trainBPE(texts.ko, { vocabSize: 600, level: "bytes" });
    for (const text of ODD.filter((odd) => !odd.includes("[") && !/[\u1100-\u11ff]/.test(odd)))
      expect(tokenizer.decode(tokenizer.encode(text).ids)).toBe(text);
  });

  it("merges what stands side by side most often", () => {
    expect(bpeMerges(["low low low lower lower lowing"], { count: 3 })).toEqual([
      {
        left: "l",
        right: "o",
        token: "lo",
        count: 6,
        example: { before: ["l", "o", "w"], after: ["lo", "w"], count: 3 },
      },
      {
        left: "lo",
        right: "w",
        token: "low",
        count: 6,
        example: { before: ["lo", "w"], after: ["low"], count: 3 },
      },
      {
        left: "e",
        right: "r",
        token: "er",
        count: 2,
        example: { before: ["low", "e", "r"], after: ["low", "er"], count: 2 },
      },
    ]);
  });

  it("needs texts, and room for its special tokens", () => {
    expect(() => trainBPE([])).toThrow(expect.objectContaining({ code: "empty-input" }));
    expect(() => trainWordPiece(["a"], { vocabSize: 3 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
    expect(() => trainUnigram("text" as never)).toThrow(expect.objectContaining({ code: "wrong-option" }));
  });
});

describe("encoding", () => {
  const tokenizer = trainWordPiece(texts.en, { vocabSize: 900 });

  it("puts a template around a text and between two", () => {
    const { tokens, tokenTypeIds, specialTokensMask } = tokenizer.encode("the bus", { pair: "I am" });
    expect(tokens).toEqual(["[CLS]", "the", "bus", "[SEP]", "I", "am", "[SEP]"]);
    expect(tokenTypeIds).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect(specialTokensMask).toEqual([1, 0, 0, 1, 0, 0, 1]);
    expect(tokenizer.encode("the bus", { addSpecialTokens: false }).tokens).toEqual(["the", "bus"]);
  });

  it("cuts what is too long, the longer of a pair first", () => {
    expect(tokenizer.encode("the the the the", { maxLength: 4 }).tokens).toEqual([
      "[CLS]",
      "the",
      "the",
      "[SEP]",
    ]);
    const { tokens } = tokenizer.encode("the the the the", { pair: "I", maxLength: 6 });
    expect(tokens).toEqual(["[CLS]", "the", "the", "[SEP]", "I", "[SEP]"]);
    expect(() => tokenizer.encode("the", { maxLength: 2 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });

  it("pads a batch behind, with 0 in the mask", () => {
    const { inputIds, attentionMask, encodings } = tokenizer.encodeBatch(["the bus", "I"]);
    expect(inputIds.map(({ length }) => length)).toEqual([4, 4]);
    expect(attentionMask).toEqual([
      [1, 1, 1, 1],
      [1, 1, 1, 0],
    ]);
    expect(encodings[1].tokens).toEqual(["[CLS]", "I", "[SEP]", "[PAD]"]);
    expect(tokenizer.encodeBatch(["the"], { padding: "maxLength", maxLength: 9 }).inputIds[0]).toHaveLength(
      9,
    );
    expect(tokenizer.encodeBatch(["the bus", "I"], { padding: false }).inputIds[1]).toHaveLength(3);
  });

  it("counts words, or takes them as they are given", () => {
    expect(tokenizer.encode("the bus!").wordIds).toEqual([null, 0, 1, 2, null]);
    const words = ["zzyzx", "the", "bus."];
    const { wordIds, offsets, text } = tokenizer.encodeWords(words);
    expect([...new Set(wordIds)]).toEqual([null, 0, 1, 2]);
    wordIds.forEach((word, place) => {
      if (word !== null) expect(words[word]).toContain(text.slice(...offsets[place]));
    });
  });

  it("of jamo in the text points at the jamo", () => {
    const korean = trainWordLevel(["한글 사랑"], { split: "whitespace", template: "none" });
    const text = "\u1112\u1161\u11ab\u1100\u1173\u11af 사랑";
    const { offsets, ids } = korean.encode(text);
    expect(ids).not.toContain(korean.unkTokenId);
    expect(offsets).toEqual([
      [0, 6],
      [7, 9],
    ]);
  });

  it("decodes without special tokens, or with them", () => {
    const { ids } = tokenizer.encode("the last bus");
    expect(tokenizer.decode(ids)).toBe("the last bus");
    expect(tokenizer.decode(ids, { skipSpecialTokens: false })).toBe("[CLS] the last bus [SEP]");
    expect(() => tokenizer.decode([99_999])).toThrow(expect.objectContaining({ code: "out-of-range" }));
  });
});

describe("a tokenizer.json", () => {
  const file = () =>
    JSON.parse(JSON.stringify(trainBPE(texts.en.slice(0, 50), { vocabSize: 200 }))) as Record<string, never>;
  const refused: [string, unknown][] = [
    ["cut short", JSON.stringify(file()).slice(0, -50)],
    ["a list", []],
    ["without a model", { ...file(), model: undefined }],
    ["with another model", { ...file(), model: { type: "Sentence" } }],
    ["with another normalizer", { ...file(), normalizer: { type: "Precompiled" } }],
    [
      "with a step that is unknown inside a sequence",
      { ...file(), pre_tokenizer: { type: "Sequence", pretokenizers: [{ type: "UnicodeScripts" }] } },
    ],
    ["with merges that are no pairs", { ...file(), model: { ...(file().model as object), merges: [["a"]] } }],
    [
      "with one id for two tokens",
      { ...file(), model: { ...(file().model as object), vocab: { a: 1, b: 1 } } },
    ],
  ];
  it.each(refused)("%s is refused with the reason", (_, json) => {
    expect(() => Tokenizer.fromJSON(json)).toThrow(
      expect.objectContaining({
        code: "wrong-option",
        message: expect.stringContaining("Tokenizer.fromJSON"),
      }),
    );
  });

  it("of BERT's own form, with merges as texts elsewhere, is read", () => {
    const vocab = Object.fromEntries(
      ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##do", "cafe"].map((token, id) => [token, id]),
    );
    const bert = Tokenizer.fromJSON({
      added_tokens: [2, 3].map((id) => ({ id, content: Object.keys(vocab)[id], special: true })),
      normalizer: {
        type: "BertNormalizer",
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase: true,
      },
      pre_tokenizer: { type: "BertPreTokenizer" },
      post_processor: { type: "BertProcessing", cls: ["[CLS]", 2], sep: ["[SEP]", 3] },
      decoder: { type: "WordPiece", prefix: "##", cleanup: true },
      model: {
        type: "WordPiece",
        unk_token: "[UNK]",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
        vocab,
      },
    });
    expect(bert.encode("Undo CAFÉ").tokens).toEqual(["[CLS]", "un", "##do", "cafe", "[SEP]"]);
    const pairs = file();
    const model = pairs.model as { merges: [string, string][] };
    const old = { ...pairs, model: { ...model, merges: model.merges.map((pair) => pair.join(" ")) } };
    expect(Tokenizer.fromJSON(old).encode("the bus").ids).toEqual(
      Tokenizer.fromJSON(pairs).encode("the bus").ids,
    );
  });
});
