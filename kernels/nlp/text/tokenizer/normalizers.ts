/** The first step of a tokenizer: texts that look the same become the same. */
import type { AlignedText } from "./aligned-text.ts";
import { toRegExp } from "./pattern.ts";
import type { NormalizerSpec } from "./tokenizer-file.ts";

/** A letter with its marks, or the jamo of a syllable (initials, vowels, finals): what a normal form may join or part. */
const CLUSTERS =
  /[\u1100-\u115f\ua960-\ua97c]+[\u1160-\u11a7\ud7b0-\ud7c6]*[\u11a8-\u11ff\ud7cb-\ud7fb]*|\P{M}[\p{M}\u1160-\u11ff]*|\p{M}+/gu;
const CHINESE = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2fa1f}]/gu;
const CONTROLS = /[\u0000\ufffd]|(?![\t\n\r])\p{C}/gu;

export function normalizeAligned(text: AlignedText, spec: NormalizerSpec): AlignedText {
  switch (spec.type) {
    case "NFC":
    case "NFD":
    case "NFKC":
    case "NFKD":
      return text.replace(CLUSTERS, (cluster) => cluster.normalize(spec.type));
    case "Lowercase":
      return text.replace(/\p{Lu}|\p{Lt}/gu, (letter) => letter.toLowerCase());
    case "StripAccents":
      return text.replace(/\p{Mn}/gu, () => "");
    case "Strip":
      return text.trim();
    case "Replace":
      return text.replace(toRegExp(spec.pattern), () => spec.content);
    case "Prepend":
      return text.length > 0 ? text.prepend(spec.prepend) : text;
    case "BertNormalizer":
      return normalizeAsBert(text, spec);
    case "Sequence":
      return spec.normalizers.reduce(normalizeAligned, text);
    default:
      return spec satisfies never;
  }
}

function normalizeAsBert(
  text: AlignedText,
  spec: Extract<NormalizerSpec, { type: "BertNormalizer" }>,
): AlignedText {
  let changed = text;
  if (spec.clean_text) changed = changed.replace(CONTROLS, () => "").replace(/\s/gu, () => " ");
  if (spec.handle_chinese_chars) changed = changed.replace(CHINESE, (sign) => ` ${sign} `);
  // As in BERT's own code: unless it is said otherwise, accents go with the capitals.
  if (spec.strip_accents ?? spec.lowercase) {
    changed = normalizeAligned(normalizeAligned(changed, { type: "NFD" }), { type: "StripAccents" });
  }
  return spec.lowercase ? normalizeAligned(changed, { type: "Lowercase" }) : changed;
}
