/** Whether the steps of a tokenizer.json are known, with all that each needs. */
import { toRegExp } from "./pattern.ts";
import { isPlain, refuse, type Plain } from "./refusal.ts";

export interface StepKind {
  /** Its name in the file. */
  readonly part: "normalizer" | "pre_tokenizer" | "decoder";
  /** What a Sequence of such steps calls its list. */
  readonly list: string;
  readonly known: Readonly<Record<string, Fields>>;
}

/** What a field must be, and what stands for it where it is missing; without a default it must be there. */
interface Field {
  readonly is: (value: unknown) => boolean;
  readonly default?: unknown;
}
type Fields = Readonly<Record<string, Field>>;

const BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"];

const isText = (value: unknown) => typeof value === "string";
const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const text: Field = { is: isText };
const flag = (value: boolean): Field => ({ is: (given) => typeof given === "boolean", default: value });
const behavior: Field = { is: (value) => BEHAVIORS.includes(value as string) };
const replaces: Fields = { pattern: { is: isPattern }, content: text };
const metaspace: Fields = {
  replacement: { is: (value) => isText(value) && value !== "", default: "▁" },
  prepend_scheme: { is: (value) => ["always", "never", "first"].includes(value as string) },
  split: flag(true),
};
const byteLevel: Fields = {
  add_prefix_space: flag(true),
  trim_offsets: flag(true),
  use_regex: flag(true),
};

export const NORMALIZERS: StepKind = {
  part: "normalizer",
  list: "normalizers",
  known: {
    NFC: {},
    NFD: {},
    NFKC: {},
    NFKD: {},
    Lowercase: {},
    StripAccents: {},
    ByteLevel: {},
    Strip: { strip_left: flag(true), strip_right: flag(true) },
    Replace: replaces,
    Prepend: { prepend: text },
    BertNormalizer: {
      clean_text: flag(true),
      handle_chinese_chars: flag(true),
      strip_accents: { is: (value) => value === null || typeof value === "boolean", default: null },
      lowercase: flag(true),
    },
  },
};

export const PRE_TOKENIZERS: StepKind = {
  part: "pre_tokenizer",
  list: "pretokenizers",
  known: {
    BertPreTokenizer: {},
    Whitespace: {},
    WhitespaceSplit: {},
    Metaspace: metaspace,
    ByteLevel: byteLevel,
    Split: { pattern: { is: isPattern }, behavior, invert: flag(false) },
    CharDelimiterSplit: { delimiter: { is: (value) => isText(value) && value !== "" } },
    Digits: { individual_digits: flag(false) },
    Punctuation: { behavior: { ...behavior, default: "Isolated" } },
  },
};

export const DECODERS: StepKind = {
  part: "decoder",
  list: "decoders",
  known: {
    WordPiece: { prefix: { ...text, default: "##" }, cleanup: flag(true) },
    Metaspace: metaspace,
    ByteLevel: byteLevel,
    BPEDecoder: { suffix: { is: (value) => isText(value) && value !== "", default: "</w>" } },
    Replace: replaces,
    Strip: {
      content: { is: (value) => isText(value) && value !== "" },
      start: { is: isCount, default: 0 },
      stop: { is: isCount, default: 0 },
    },
    Fuse: {},
    ByteFallback: {},
  },
};

/** The step with its defaults filled, or null where there is none. */
export function toStep(step: unknown, kind: StepKind): Plain | null {
  if (step === null || step === undefined) return null;
  const { part, list, known } = kind;
  if (!isPlain(step)) throw refuse(`\`${part}\` is no object.`, `\`${part}\`이(가) 객체가 아닙니다.`);
  const { type } = step;
  if (type === "Sequence" && Array.isArray(step[list])) {
    const steps = (step[list] as unknown[]).map((item) => toStep(item, kind));
    return { type, [list]: steps.filter((item) => item !== null) };
  }
  if (typeof type !== "string" || !Object.hasOwn(known, type)) {
    const [given, names] = [JSON.stringify(type) ?? "undefined", Object.keys(known).join(", ")];
    throw refuse(
      `\`${part}\` has the type ${given}; known are ${names}.`,
      `\`${part}\`의 종류 ${given}을(를) 알지 못합니다. 아는 종류: ${names}.`,
    );
  }
  return { type, ...fillFields(withToday(step), { part: `${part} ${type}`, fields: known[type] }) };
}

/** Before `prepend_scheme` there was `add_prefix_space`. */
function withToday(step: Plain): Plain {
  if (step.type !== "Metaspace" || step.prepend_scheme !== undefined) return step;
  return { ...step, prepend_scheme: step.add_prefix_space === false ? "never" : "always" };
}

function fillFields(step: Plain, { part, fields }: { part: string; fields: Fields }): Plain {
  const filled = Object.entries(fields).map(([name, field]) => {
    const value = step[name] === undefined ? field.default : step[name];
    if (!field.is(value)) {
      const given = JSON.stringify(value) ?? "undefined";
      throw refuse(
        `In \`${part}\` the field \`${name}\` is ${given}, which this library cannot use.`,
        `\`${part}\`의 \`${name}\` 값 ${given}은(는) 쓸 수 없는 값입니다.`,
      );
    }
    return [name, value] as const;
  });
  return Object.fromEntries(filled);
}

/** Also whether JavaScript can run it. */
function isPattern(value: unknown): boolean {
  if (!isPlain(value)) return false;
  const source = value.Regex ?? value.String;
  if (typeof source !== "string" || source === "") return false;
  try {
    toRegExp(value as { readonly Regex: string });
    return true;
  } catch {
    return false;
  }
}
