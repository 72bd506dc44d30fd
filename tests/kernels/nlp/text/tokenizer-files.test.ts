/** Files in the shapes that are found on the hub, small ones made here: what each step does, and what is refused. */
import { Tokenizer as Peer } from "@huggingface/tokenizers";
import { describe, expect, it } from "vitest";
import { LearnerError } from "../../../../kernels/nlp/error.ts";
import { Tokenizer } from "../../../../kernels/nlp/text/index.ts";

const TEXTS = [
  "low lower lowest",
  "한국어 2024년 12월, 값은 3.5!",
  "  two  blanks and\ttabs\n\nand lines",
  "I'LL say it's ‘fine’… (maybe)",
  "ㅋㅋㅋ 👩‍👩‍👧 naïve",
  "The <mask> is <mask>. <s>",
];

const byteLetters = () => {
  const known = new Set<number>();
  for (const [from, to] of [
    [0x21, 0x7e],
    [0xa1, 0xac],
    [0xae, 0xff],
  ])
    for (let byte = from; byte <= to; byte++) known.add(byte);
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(known.has(byte) ? byte : next++));
};

const toVocab = (tokens: readonly string[]) =>
  Object.fromEntries([...new Set(tokens)].map((token, id) => [token, id]));
const added = (content: string, id: number, more: object = {}) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
  ...more,
});

/** A tokenizer on bytes such as GPT-2's, with the merges of "low" and of " l". */
function byteFile(more: object = {}, model: object = {}): Record<string, unknown> {
  const merges = ["l o", "lo w", "Ġ low"];
  const tokens = ["<s>", "<pad>", "</s>", "<unk>", ...byteLetters(), "lo", "low", "Ġlow", "<mask>"];
  const vocab = toVocab(tokens);
  const special = ["<s>", "<pad>", "</s>", "<unk>"].map((content) => added(content, vocab[content]));
  return {
    version: "1.0",
    truncation: { max_length: 512 },
    padding: null,
    added_tokens: [...special, added("<mask>", vocab["<mask>"], { lstrip: true })],
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, trim_offsets: true },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true },
    model: { type: "BPE", vocab, merges, unk_token: null, fuse_unk: false, ...model },
    ...more,
  };
}

/** A tokenizer such as Llama 2's: blanks become ▁ before anything else, and what is unknown its bytes. */
function fallbackFile(): Record<string, unknown> {
  const bytes = Array.from(
    { length: 256 },
    (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`,
  );
  const letters = [..."▁lowersthandab"];
  const tokens = ["<unk>", "<s>", "</s>", ...bytes, ...letters, "lo", "low", "▁low", "▁▁"];
  const vocab = toVocab(tokens);
  return {
    added_tokens: ["<unk>", "<s>", "</s>"].map((content) => added(content, vocab[content])),
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "Prepend", prepend: "▁" },
        { type: "Replace", pattern: { String: " " }, content: "▁" },
      ],
    },
    pre_tokenizer: null,
    post_processor: {
      type: "TemplateProcessing",
      single: [{ SpecialToken: { id: "<s>", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
      pair: [
        { SpecialToken: { id: "<s>", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: "<s>", type_id: 1 } },
        { Sequence: { id: "B", type_id: 1 } },
      ],
      special_tokens: { "<s>": { id: "<s>", ids: [1], tokens: ["<s>"] } },
    },
    decoder: {
      type: "Sequence",
      decoders: [
        { type: "Replace", pattern: { String: "▁" }, content: " " },
        { type: "ByteFallback" },
        { type: "Fuse" },
        { type: "Strip", content: " ", start: 1, stop: 0 },
      ],
    },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: "<unk>",
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      vocab,
      merges: ["l o", "lo w", "▁ low", "▁ ▁"],
    },
  };
}

/** The pattern of Llama 3, with a group in which capitals do not count. */
const LLAMA_3 =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const isolated = (pattern: string) => ({
  type: "Split",
  pattern: { Regex: pattern },
  behavior: "Isolated",
  invert: false,
});
const bytesAlone = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false };

const FILES: Record<string, Record<string, unknown>> = {
  "GPT-2": byteFile(),
  RoBERTa: byteFile({
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true },
    post_processor: { type: "RobertaProcessing", sep: ["</s>", 2], cls: ["<s>", 0], add_prefix_space: true },
  }),
  "Llama 2": fallbackFile(),
  "Llama 3": byteFile(
    {
      pre_tokenizer: { type: "Sequence", pretokenizers: [isolated(LLAMA_3), bytesAlone] },
      post_processor: {
        type: "Sequence",
        processors: [
          { type: "ByteLevel", add_prefix_space: true, trim_offsets: false },
          {
            type: "TemplateProcessing",
            single: [{ SpecialToken: { id: "<s>", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
            pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 1 } }],
            special_tokens: { "<s>": { id: "<s>", ids: [0], tokens: ["<s>"] } },
          },
        ],
      },
    },
    { ignore_merges: true },
  ),
  "digits one by one": byteFile({
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [isolated("\\d"), isolated("[\\w\\-]+|\\'"), bytesAlone],
    },
  }),
  "normal forms and bytes": byteFile({
    normalizer: { type: "Sequence", normalizers: [{ type: "NFKC" }, { type: "Lowercase" }] },
  }),
};

describe.each(Object.entries(FILES))("a file in the shape of %s", (_, file) => {
  const tokenizer = Tokenizer.fromJSON(file);
  const peer = new Peer(structuredClone(file), {});

  it.each(TEXTS)("gives the ids of Hugging Face's library and back the text: %j", (text) => {
    const { ids } = tokenizer.encode(text);
    expect(ids).toEqual(peer.encode(text).ids);
    for (const skipSpecialTokens of [true, false]) {
      expect(tokenizer.decode(ids, { skipSpecialTokens })).toBe(
        peer.decode([...ids], {
          skip_special_tokens: skipSpecialTokens,
          clean_up_tokenization_spaces: false,
        }),
      );
    }
  });

  it("gives the same when it has been written and read", () => {
    const copy = Tokenizer.fromJSON(JSON.stringify(tokenizer));
    for (const text of TEXTS) expect(copy.encode(text)).toEqual(tokenizer.encode(text));
  });

  it("says for each token where it stands, from left to right within the text", () => {
    for (const text of TEXTS) {
      let last = 0;
      const { offsets, specialTokensMask } = tokenizer.encode(text);
      offsets.forEach(([start, end], place) => {
        if (specialTokensMask[place]) return;
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(end).toBeGreaterThanOrEqual(last);
        last = end;
      });
    }
  });
});

/** Words alone, cut by one step: the parts themselves can be read. */
function partsBy(step: unknown, text: string, more: object = {}): string[] {
  const tokenizer = Tokenizer.fromJSON({
    added_tokens: [],
    pre_tokenizer: step,
    model: { type: "WordLevel", vocab: { "[UNK]": 0 }, unk_token: "[UNK]" },
    ...more,
  });
  return tokenizer.encode(text).offsets.map(([start, end]) => text.slice(start, end));
}

describe("a step", () => {
  const dash = (behavior: string, invert = false) => ({
    type: "Split",
    pattern: { String: "-" },
    behavior,
    invert,
  });

  it("splits with what it does to the matches", () => {
    expect(partsBy(dash("Removed"), "a-b--c")).toEqual(["a", "b", "c"]);
    expect(partsBy(dash("Isolated"), "a-b--c")).toEqual(["a", "-", "b", "-", "-", "c"]);
    expect(partsBy(dash("MergedWithPrevious"), "a-b--c")).toEqual(["a-", "b-", "-", "c"]);
    expect(partsBy(dash("MergedWithNext"), "a-b--c")).toEqual(["a", "-b", "-", "-c"]);
    expect(partsBy(dash("Contiguous"), "a-b--c")).toEqual(["a", "-", "b", "--", "c"]);
    expect(partsBy(dash("Removed", true), "a-b--c")).toEqual(["-", "-", "-"]);
    expect(partsBy({ type: "CharDelimiterSplit", delimiter: "|" }, "a|b||c")).toEqual(["a", "b", "c"]);
  });

  it("parts digits and punctuation from letters", () => {
    const digits = (individual: boolean) => ({ type: "Digits", individual_digits: individual });
    expect(partsBy(digits(false), "ab12c")).toEqual(["ab", "12", "c"]);
    expect(partsBy(digits(true), "ab12c")).toEqual(["ab", "1", "2", "c"]);
    expect(partsBy({ type: "Punctuation" }, "정말?! 응")).toEqual(["정말", "?", "!", "응"]);
    expect(partsBy({ type: "Punctuation", behavior: "Contiguous" }, "정말?!응")).toEqual([
      "정말",
      "?!",
      "응",
    ]);
    expect(partsBy({ type: "Whitespace" }, "응👩\u200d👧")).toEqual(["응", "👩", "\u200d", "👧"]);
    expect(partsBy({ type: "Whitespace" }, "정말이야?! it_is")).toEqual(["정말이야", "?!", "it_is"]);
  });

  it("splits by a pattern written for Oniguruma as it is meant there", () => {
    expect(partsBy(isolated(LLAMA_3), "I'LL 12345 하다\n")).toEqual([
      "I",
      "'LL",
      " ",
      "123",
      "45",
      // Its blank belongs to the part, and offsets leave blanks out.
      "하다",
      "\n",
    ]);
    // Without capitals in mind "LLgo" would be one word.
    expect(partsBy(isolated(LLAMA_3), "I'LLgo I'llgo")).toEqual(["I", "'LL", "go", "I", "'ll", "go"]);
    expect(partsBy(isolated("\\w+"), "값은½_-é")).toEqual(["값은½_", "-", "é"]);
    expect(partsBy(isolated("\\d"), "a٣1")).toEqual(["a", "٣", "1"]);
    expect(partsBy(isolated("\\p{Hangul}+"), "go가자go")).toEqual(["go", "가자", "go"]);
    expect(partsBy(isolated("[\\-\\']+"), "a-'b")).toEqual(["a", "-'", "b"]);
  });

  it("marks the beginning of the text, of every piece of it or nothing", () => {
    const tokensBy = (scheme: object) =>
      Tokenizer.fromJSON({
        added_tokens: [added("[X]", 3), added("[N]", 4, { normalized: true })],
        pre_tokenizer: { type: "Metaspace", replacement: "▁", ...scheme },
        model: { type: "WordLevel", vocab: { "[UNK]": 0, "▁a": 1, a: 2 }, unk_token: "[UNK]" },
      }).tokenize("a[X]a[N]a");
    expect(tokensBy({ prepend_scheme: "always" })).toEqual(["▁a", "[X]", "▁a", "[N]", "▁a"]);
    expect(tokensBy({ prepend_scheme: "first" })).toEqual(["▁a", "[X]", "a", "[N]", "a"]);
    expect(tokensBy({ prepend_scheme: "never" })).toEqual(["a", "[X]", "a", "[N]", "a"]);
    expect(tokensBy({ add_prefix_space: false })).toEqual(["a", "[X]", "a", "[N]", "a"]);
    expect(tokensBy({ add_prefix_space: true })).toEqual(["▁a", "[X]", "▁a", "[N]", "▁a"]);
  });

  it("strips the side that it names", () => {
    const stripped = (left: boolean, right: boolean) =>
      Tokenizer.fromJSON({
        normalizer: { type: "Strip", strip_left: left, strip_right: right },
        model: { type: "WordLevel", vocab: { "[UNK]": 0, " a": 1, "a ": 2, a: 3 }, unk_token: "[UNK]" },
      }).tokenize(" a ");
    expect(stripped(true, false)).toEqual(["a "]);
    expect(stripped(false, true)).toEqual([" a"]);
    expect(stripped(true, true)).toEqual(["a"]);
  });

  it("cleans up as English is written, where the file says so", () => {
    const vocab = toVocab(["[UNK]", "it", "'s", "fine", "."]);
    const decoder = (cleanup: boolean) => ({ type: "WordPiece", prefix: "##", cleanup });
    const decode = (cleanup: boolean) =>
      Tokenizer.fromJSON({ decoder: decoder(cleanup), model: { type: "WordPiece", vocab } }).decode([
        1, 2, 3, 4,
      ]);
    expect(decode(true)).toBe("it's fine.");
    expect(decode(false)).toBe("it 's fine .");
  });
});

describe("an added token", () => {
  const vocab = { "[UNK]": 0, a: 1, b: 2, " ": 3 };
  const withToken = (more: object, normalizer: unknown = null) =>
    Tokenizer.fromJSON({
      added_tokens: [added("Mask", 4, more)],
      normalizer,
      pre_tokenizer: isolated("[\\s\\S]"),
      model: { type: "WordLevel", vocab, unk_token: "[UNK]" },
    });

  it("takes the blanks beside it, on the sides that it names", () => {
    expect(withToken({}).tokenize("a Mask b")).toEqual(["a", " ", "Mask", " ", "b"]);
    expect(withToken({ lstrip: true }).tokenize("a Mask b")).toEqual(["a", "Mask", " ", "b"]);
    expect(withToken({ rstrip: true }).tokenize("a Mask b")).toEqual(["a", " ", "Mask", "b"]);
    const { offsets } = withToken({ lstrip: true, rstrip: true }).encode("a  Mask  Mask b");
    expect(offsets).toEqual([
      [0, 1],
      [3, 7],
      [9, 13],
      [14, 15],
    ]);
  });

  it("that is made of blanks is not found where another one has taken them", () => {
    const tokenizer = Tokenizer.fromJSON({
      added_tokens: [added("Mask", 4, { rstrip: true }), added("  ", 5)],
      pre_tokenizer: isolated("[\\s\\S]"),
      model: { type: "WordLevel", vocab, unk_token: "[UNK]" },
    });
    expect(tokenizer.tokenize("a  bMask  b")).toEqual(["a", "  ", "b", "Mask", "b"]);
  });

  it("that is a word of its own is not found inside another", () => {
    expect(withToken({ single_word: true }).tokenize("aMask")).not.toContain("Mask");
    expect(withToken({ single_word: true }).tokenize("Mask한")).not.toContain("Mask");
    expect(withToken({ single_word: true }).tokenize("Mask\u200d")).not.toContain("Mask");
    expect(withToken({ single_word: true }).tokenize("a Mask.")).toContain("Mask");
    expect(withToken({}).tokenize("aMask")).toEqual(["a", "Mask"]);
  });

  it("is looked for in the text as given, or in the normalised one", () => {
    const lower = { type: "Lowercase" };
    expect(withToken({ normalized: false }, lower).tokenize("MASK")).not.toContain("Mask");
    const found = withToken({ normalized: true }, lower).encode("aMASK b");
    expect(found.tokens).toEqual(["a", "Mask", " ", "b"]);
    expect(found.offsets[1]).toEqual([1, 5]);
  });

  it("that looks like byte letters stays itself when ids become text", () => {
    const file = byteFile();
    const tokens = file.added_tokens as object[];
    const tokenizer = Tokenizer.fromJSON({
      ...file,
      added_tokens: [...tokens, added("é", 900, { special: false })],
    });
    expect(tokenizer.decode(tokenizer.encode("né").ids)).toBe("né");
  });
});

describe("a vocabulary", () => {
  it("may leave ids out, which no text gets and which are named when they are asked for", () => {
    const tokenizer = Tokenizer.fromJSON({
      added_tokens: [added("<end>", 9)],
      model: { type: "WordLevel", vocab: { "[UNK]": 0, a: 5 }, unk_token: "[UNK]" },
    });
    expect(tokenizer.vocabSize).toBe(10);
    expect(tokenizer.encode("a").ids).toEqual([5]);
    expect(() => tokenizer.decode([3])).toThrow(expect.objectContaining({ code: "unknown-label" }));
  });

  it("with names that objects have of themselves is no trap", () => {
    const vocab = JSON.parse('{"[UNK]":0,"__proto__":1,"constructor":2}') as object;
    const tokenizer = Tokenizer.fromJSON({
      pre_tokenizer: { type: "WhitespaceSplit" },
      model: { type: "WordLevel", vocab, unk_token: "[UNK]" },
    });
    expect(tokenizer.encode("__proto__ constructor toString").ids).toEqual([1, 2, 0]);
  });

  it("of a BPE may mark what goes on a word, or where it ends", () => {
    const suffixed = Tokenizer.fromJSON({
      pre_tokenizer: { type: "WhitespaceSplit" },
      decoder: { type: "BPEDecoder", suffix: "</w>" },
      model: {
        type: "BPE",
        unk_token: "<unk>",
        end_of_word_suffix: "</w>",
        vocab: toVocab(["<unk>", "l", "o", "w</w>", "lo", "low</w>", "o</w>"]),
        merges: ["l o", "lo w</w>"],
      },
    });
    expect(suffixed.tokenize("low lo")).toEqual(["low</w>", "l", "o</w>"]);
    expect(suffixed.decode(suffixed.encode("low lo").ids)).toBe("low lo");
    const prefixed = Tokenizer.fromJSON({
      pre_tokenizer: { type: "WhitespaceSplit" },
      model: {
        type: "BPE",
        unk_token: "<unk>",
        continuing_subword_prefix: "##",
        vocab: toVocab(["<unk>", "l", "##o", "##w", "lo", "low"]),
        merges: ["l ##o", "lo ##w"],
      },
    });
    expect(prefixed.tokenize("low lo")).toEqual(["low", "lo"]);
  });

  it("of Unigram falls back to bytes where it has them", () => {
    const bytes = ["<0xED>", "<0x95>", "<0x9C>"];
    const vocab = [["<unk>", 0], ["a", -1], ...bytes.map((byte) => [byte, -9])];
    const decoder = { type: "Sequence", decoders: [{ type: "ByteFallback" }, { type: "Fuse" }] };
    const tokenizer = Tokenizer.fromJSON({
      decoder,
      model: { type: "Unigram", unk_id: 0, vocab, byte_fallback: true },
    });
    const { tokens, offsets, ids } = tokenizer.encode("a한글");
    expect(tokens).toEqual(["a", "<unk>"]);
    expect(offsets.at(-1)).toEqual([1, 3]);
    expect(tokenizer.encode("a한a").tokens).toEqual(["a", ...bytes, "a"]);
    expect(tokenizer.encode("a한a").offsets[2]).toEqual([1, 2]);
    expect(tokenizer.decode(tokenizer.encode("a한a").ids)).toBe("a한a");
    expect(ids).toHaveLength(2);
  });
});

describe("a file that cannot be used", () => {
  const refusals: [string, object, string][] = [
    ["names a normalizer that is not known", { normalizer: { type: "Precompiled" } }, "Precompiled"],
    ["names a decoder that is not known", { decoder: { type: "CTC" } }, "CTC"],
    ["lacks a field of a step", { normalizer: { type: "Replace", content: "" } }, "pattern"],
    ["has a pattern that JavaScript cannot run", { pre_tokenizer: isolated("\\p{L}++(") }, "pattern"],
    [
      "splits in a way that is not known",
      { pre_tokenizer: { ...isolated("a"), behavior: "Dropped" } },
      "behavior",
    ],
    ["has an added token where another stands", { added_tokens: [added("<x>", 6)] }, "Id 6"],
    ["has an added token without content", { added_tokens: [added("", 900)] }, "added_tokens"],
    [
      "has a template with a token that has no id",
      {
        post_processor: {
          type: "TemplateProcessing",
          single: [{ SpecialToken: { id: "<x>", type_id: 0 } }],
          pair: [{ Sequence: { id: "A", type_id: 0 } }],
          special_tokens: {},
        },
      },
      "TemplateProcessing",
    ],
    [
      "has a template with an id that is not there",
      { post_processor: { type: "BertProcessing", cls: ["<s>", 0], sep: ["</s>", 5000] } },
      "5000",
    ],
    ["has a processor without its tokens", { post_processor: { type: "RobertaProcessing" } }, "Roberta"],
    [
      "merges into a token that is not there",
      { model: { type: "BPE", vocab: { a: 0, b: 1 }, merges: ["a b"] } },
      '"ab"',
    ],
    [
      "leaves out merges at random",
      { model: { type: "BPE", vocab: { a: 0 }, merges: [], dropout: 0.1 } },
      "dropout",
    ],
    [
      "has an unknown token without an id",
      { added_tokens: [], model: { type: "WordPiece", vocab: { a: 0 }, unk_token: "[UNK]" } },
      "[UNK]",
    ],
    [
      "has an id that no table can hold",
      { added_tokens: [], model: { type: "WordLevel", vocab: { "[UNK]": 1e12 } } },
      "vocab",
    ],
  ];

  it.each(refusals)("because it %s says so in both languages", (_, change, word) => {
    let error: unknown;
    try {
      Tokenizer.fromJSON({ ...byteFile(), ...change });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(LearnerError);
    const { code, text } = error as LearnerError;
    expect(code).toBe("wrong-option");
    expect(text.en).toContain(word);
    expect(text.ko).toContain(word.replace("Id 6", "id 6"));
    expect(text.ko).toMatch(/[가-힣]/);
  });
});
