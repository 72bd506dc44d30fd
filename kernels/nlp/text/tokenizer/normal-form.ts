/** Unicode's normal forms, with the place of each changed character kept. */
import type { AlignedText } from "./aligned-text.ts";

export type NormalForm = "NFC" | "NFD" | "NFKC" | "NFKD";

/** A character with its marks. */
const SEGMENTS = /\P{M}\p{M}*|\p{M}+/gu;

/**
 * What is no mark and may still melt into the character before it: vowels and finals of Hangul (jamo, compatibility jamo,
 * halfwidth jamo), and the vowel signs of Kirat Rai. In NFKC "ㅎ" and "ㅏ" side by side become "하".
 */
const JOINS =
  /^[\u1160-\u11ff\u3131-\u318e\ud7b0-\ud7fb\uff9e\uff9f\uffa0-\uffdc\u{16d63}\u{16d67}-\u{16d6a}]/u;

export function toNormalForm(text: AlignedText, form: NormalForm): AlignedText {
  if (text.text.normalize(form) === text.text) return text;
  return text.replaceAt(findClusters(text.text, form), (cluster) => cluster.normalize(form));
}

/** The smallest pieces whose normal forms side by side are the normal form of the text. */
function findClusters(text: string, form: NormalForm): [from: number, to: number][] {
  const clusters: [from: number, to: number][] = [];
  for (const { index, 0: segment } of text.matchAll(SEGMENTS)) {
    const last = clusters.at(-1);
    const end = index + segment.length;
    if (last && JOINS.test(segment) && melts(text.slice(...last), segment, form)) last[1] = end;
    else clusters.push([index, end]);
  }
  return clusters;
}

function melts(before: string, after: string, form: NormalForm): boolean {
  return (before + after).normalize(form) !== before.normalize(form) + after.normalize(form);
}
