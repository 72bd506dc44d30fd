import { hasTail } from "./hangul.ts";

/**
 * The common particles (조사) that stand on nouns, longest first. Those that change with the noun's last syllable
 * say which they follow: a syllable with a 받침 ("closed") or without ("open").
 */
const PARTICLES: readonly { readonly form: string; readonly after: "open" | "closed" | "any" }[] = [
  ...["에게서는", "으로부터"].map((form) => ({ form, after: "any" as const })),
  ...["에게서", "한테서", "에서는", "에서도", "로부터", "이라도"].map((form) => ({
    form,
    after: "any" as const,
  })),
  ...[
    "에서",
    "에게",
    "한테",
    "까지",
    "부터",
    "처럼",
    "보다",
    "마다",
    "조차",
    "밖에",
    "에는",
    "에도",
    "께서",
  ].map((form) => ({ form, after: "any" as const })),
  { form: "으로", after: "closed" },
  { form: "이랑", after: "closed" },
  { form: "은", after: "closed" },
  { form: "이", after: "closed" },
  { form: "을", after: "closed" },
  { form: "과", after: "closed" },
  { form: "는", after: "open" },
  { form: "가", after: "open" },
  { form: "를", after: "open" },
  { form: "와", after: "open" },
  { form: "랑", after: "open" },
  { form: "로", after: "open" },
  { form: "의", after: "any" },
  { form: "에", after: "any" },
  { form: "도", after: "any" },
  { form: "만", after: "any" },
];

/**
 * A Korean word parted from the particle it ends in: 친구가 → ["친구", "가"]. Anything else comes back whole.
 *
 * A rule, not a dictionary: the particle must fit the 받침 before it (친구가 but 아이, never 아 + 이), and what is
 * left must have two syllables, or one where the particle itself shows the 받침 (나 + 는). It errs on some words that
 * only look like that: 높은 → 높 + 은. A bag of words does not mind.
 *
 * @ko 한국어 어절에서 끝에 붙은 조사를 떼어 냅니다. 친구가는 친구와 가로 나뉩니다.
 */
export function splitParticle(word: string): string[] {
  for (const { form, after } of PARTICLES) {
    if (!word.endsWith(form)) continue;
    const stem = word.slice(0, -form.length);
    if (stem.length < (after === "any" ? 2 : 1) || !/[가-힣]$/.test(stem)) continue;
    const closed = hasTail(stem[stem.length - 1]);
    if (after === "any" || (after === "closed") === closed) return [stem, form];
  }
  return [word];
}
