/** The first step of a tokenizer: texts that look the same become the same. */
import type { AlignedText } from "./aligned-text.ts";
import { toByteLetters } from "./byte-level.ts";
import { toNormalForm } from "./normal-form.ts";
import { toRegExp } from "./pattern.ts";
import type { NormalizerSpec } from "./tokenizer-file.ts";

export type Normalizer = (text: AlignedText) => AlignedText;

const CHINESE = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2fa1f}]/gu;
const CONTROLS = /[\u0000\ufffd]|(?![\t\n\r])\p{C}/gu;

export function createNormalizer(spec: NormalizerSpec | null): Normalizer {
  if (spec === null) return (text) => text;
  switch (spec.type) {
    case "NFC":
    case "NFD":
    case "NFKC":
    case "NFKD":
      return (text) => toNormalForm(text, spec.type);
    case "Lowercase":
      return toLowercase;
    case "StripAccents":
      return stripAccents;
    case "Strip":
      return (text) => text.trim({ left: spec.strip_left, right: spec.strip_right });
    case "Replace": {
      const pattern = toRegExp(spec.pattern);
      return (text) => text.replace(pattern, () => spec.content);
    }
    case "Prepend":
      return (text) => (text.length > 0 ? text.prepend(spec.prepend) : text);
    case "ByteLevel":
      return (text) => text.replace(/[^]/gu, toByteLetters);
    case "BertNormalizer":
      return (text) => normalizeAsBert(text, spec);
    case "Sequence": {
      const steps = spec.normalizers.map(createNormalizer);
      return (text) => steps.reduce((changed, step) => step(changed), text);
    }
    default:
      return spec satisfies never;
  }
}

/** Letter by letter, as Hugging Face's library does: a Σ at the end of a word becomes σ. */
function toLowercase(text: AlignedText): AlignedText {
  return text.replace(/\p{Changes_When_Lowercased}/gu, (letter) => letter.toLowerCase());
}

function stripAccents(text: AlignedText): AlignedText {
  return text.replace(/\p{Mn}/gu, () => "");
}

function normalizeAsBert(
  text: AlignedText,
  spec: Extract<NormalizerSpec, { type: "BertNormalizer" }>,
): AlignedText {
  let changed = text;
  if (spec.clean_text) changed = changed.replace(CONTROLS, () => "").replace(/\s/gu, () => " ");
  if (spec.handle_chinese_chars) changed = changed.replace(CHINESE, (sign) => ` ${sign} `);
  // As in BERT's own code: unless it is said otherwise, accents go with the capitals.
  if (spec.strip_accents ?? spec.lowercase) changed = stripAccents(toNormalForm(changed, "NFD"));
  return spec.lowercase ? toLowercase(changed) : changed;
}
