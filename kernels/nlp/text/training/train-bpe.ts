import { checkInteger, checkOneOf } from "../../arguments.ts";
import { BYTE_LETTERS } from "../tokenizer/byte-level.ts";
import type { DecoderSpec, NormalizerSpec, PreTokenizerSpec } from "../tokenizer/tokenizer-file.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { mergePairs, type Merge } from "./merge-pairs.ts";
import {
  assembleTokenizer,
  checkSubwordOptions,
  checkTexts,
  chooseAlphabet,
  countParts,
  toTrainingSetting,
  toVocab,
  type SubwordTrainingOptions,
} from "./training-options.ts";

export interface TrainBPEOptions extends SubwordTrainingOptions {
  /**
   * What the smallest symbols are. "characters": those of the texts, with "▁" for a blank, as SentencePiece does; rare
   * ones are unknown. "bytes": the 256 bytes, as in GPT-2; nothing is unknown, and a Hangul syllable is three of them.
   * Default "characters".
   */
  readonly level?: "characters" | "bytes";
}

const METASPACE = { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true } as const;
const BYTE_LEVEL = {
  type: "ByteLevel",
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: true,
} as const;

/**
 * Byte pair encoding: begin with single characters; merge the most frequent pair of neighbours into one token; again,
 * until the vocabulary is full. Frequent words become one token, rare ones stay in pieces. Source: R. Sennrich et al.,
 * "Neural Machine Translation of Rare Words with Subword Units", 2016.
 *
 * @ko 가장 자주 이웃하는 쌍을 거듭 합쳐 서브워드 어휘를 만드는 BPE 토크나이저를 학습합니다.
 * @example
 * const tokenizer = trainBPE(train.texts, { vocabSize: 1500, template: "sequence" });
 * tokenizer.tokenize("the weather is lovely"); // ["▁the", "▁we", "ather", "▁is", "▁love", "ly"]
 */
export function trainBPE(texts: readonly string[], options: TrainBPEOptions = {}): Tokenizer {
  const where = "trainBPE";
  const { level = "characters" } = options;
  checkTexts(texts, { where });
  checkOneOf(level, { where, what: "level", allowed: ["characters", "bytes"] });
  const inBytes = level === "bytes";
  const cutter: PreTokenizerSpec & DecoderSpec = inBytes ? BYTE_LEVEL : METASPACE;
  const setting = toTrainingSetting(options, { where, marksBlanks: !inBytes });
  const smallest = setting.special.length + (inBytes ? BYTE_LETTERS.length : 1);
  const { vocabSize, minFrequency, limitAlphabet } = checkSubwordOptions(options, { where, smallest });

  const parts = countParts(texts, { normalizer: setting.normalizer, cutter });
  const alphabet = inBytes ? [...BYTE_LETTERS].sort() : chooseAlphabet(parts, limitAlphabet).sort();
  const tokens = new Set([...setting.special, ...alphabet]);
  const merges: [string, string][] = [];
  const known = splitKnown(parts, new Set(alphabet));
  for (const { left, right, token } of mergePairs({ parts: known, minFrequency, prefix: "" })) {
    if (tokens.size >= vocabSize) break;
    tokens.add(token);
    merges.push([left, right]);
  }
  return assembleTokenizer(setting, {
    cutter,
    decoder: cutter,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: inBytes ? null : setting.unknown,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: !inBytes,
      byte_fallback: false,
      ignore_merges: false,
      vocab: toVocab([...tokens]),
      merges,
    },
  });
}

/** Each part as characters; a pair never stands across one that is not in the alphabet. */
function splitKnown(
  parts: ReadonlyMap<string, number>,
  alphabet: ReadonlySet<string>,
): [symbols: string[], count: number][] {
  return [...parts].flatMap(([part, count]) => {
    const runs: string[][] = [[]];
    for (const character of part) {
      if (alphabet.has(character)) runs.at(-1)!.push(character);
      else runs.push([]);
    }
    return runs.filter((run) => run.length > 1).map((run): [string[], number] => [run, count]);
  });
}

export interface BPEMergesOptions {
  /** How many merges. Default 20. */
  readonly count?: number;
  /** "Happy" and "happy" become one. Default false. */
  readonly lowercase?: boolean;
}

/**
 * The first merges of byte pair encoding, to be looked at: which pair, how often it stood side by side, what it became,
 * and a word before and after. Fewer than `count` where nothing is left to merge.
 *
 * @ko BPE가 처음에 합치는 쌍을 차례대로 보여 줍니다.
 * @example
 * bpeMerges(["low low low lower lowest"], { count: 3 })[1];
 * // { left: "lo", right: "w", token: "low", count: 5, example: { before: ["lo", "w"], after: ["low"], count: 3 } }
 */
export function bpeMerges(texts: readonly string[], options: BPEMergesOptions = {}): Merge[] {
  const where = "bpeMerges";
  const { count = 20, lowercase } = options;
  checkTexts(texts, { where });
  checkInteger(count, { where, what: "count", min: 1 });
  const { normalizer } = toTrainingSetting({ lowercase }, { where, marksBlanks: false }) as {
    normalizer: NormalizerSpec;
  };
  const words = countParts(texts, { normalizer, cutter: { type: "BertPreTokenizer" } });
  const parts = [...words].map(([word, times]): [string[], number] => [[...word], times]);
  const merges: Merge[] = [];
  for (const merge of mergePairs({ parts, minFrequency: 1, prefix: "" })) {
    merges.push(merge);
    if (merges.length === count) break;
  }
  return merges;
}
