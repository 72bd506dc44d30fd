/**
 * Hangul syllables and the letters (jamo) they are built of.
 *
 * Unicode orders the 11,172 syllables so that arithmetic takes them apart (Unicode Standard, section 3.12):
 *
 *     syllable = 0xAC00 + (lead · 21 + vowel) · 28 + tail     lead 0…18, vowel 0…20, tail 0…27 (0: none)
 *
 * "한": lead ㅎ 18, vowel ㅏ 0, tail ㄴ 4 → 0xAC00 + (18 · 21 + 0) · 28 + 4 = 0xD55C.
 */
import { LearnerError } from "../error.ts";

export interface Syllable {
  readonly lead: string;
  readonly vowel: string;
  /** The 받침; empty where there is none. */
  readonly tail: string;
}

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const LEADS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
const VOWELS = [..."ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"];
const TAILS = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];

/**
 * Whether `character` is one whole Hangul syllable, such as "한".
 *
 * @ko 글자가 온전한 한글 음절 하나인지 알려 줍니다.
 */
export function isSyllable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return character.length === 1 && code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE;
}

/**
 * A whole syllable as its letters.
 *
 * @ko 음절 하나를 초성, 중성, 종성으로 나눕니다.
 * @example decomposeSyllable("한") // { lead: "ㅎ", vowel: "ㅏ", tail: "ㄴ" }
 */
export function decomposeSyllable(syllable: string): Syllable {
  if (!isSyllable(syllable)) {
    throw new LearnerError({
      code: "out-of-range",
      where: "decomposeSyllable",
      given: { en: `Given ${JSON.stringify(syllable)}.`, ko: `받은 값은 ${JSON.stringify(syllable)}입니다.` },
      expected: {
        en: "One Hangul syllable, 가 to 힣, was expected.",
        ko: "가부터 힣까지의 음절 하나가 필요합니다.",
      },
      remedy: {
        en: "For a whole text use `toJamo`; for text from a Mac's file names `normalize` first.",
        ko: "글 전체는 `toJamo`를 쓰고, 자모가 나뉘어 저장된 글은 먼저 `normalize` 하십시오.",
      },
    });
  }
  const index = syllable.charCodeAt(0) - FIRST_SYLLABLE;
  return {
    lead: LEADS[Math.floor(index / (21 * 28))],
    vowel: VOWELS[Math.floor(index / 28) % 21],
    tail: TAILS[index % 28],
  };
}

/**
 * The inverse of `decomposeSyllable`.
 *
 * @ko 초성, 중성, 종성을 합쳐 음절 하나를 만듭니다.
 */
export function composeSyllable({ lead, vowel, tail }: Syllable): string {
  const [l, v, t] = [LEADS.indexOf(lead), VOWELS.indexOf(vowel), TAILS.indexOf(tail)];
  if (l < 0 || v < 0 || t < 0) {
    const letters = JSON.stringify([lead, vowel, tail]);
    throw new LearnerError({
      code: "out-of-range",
      where: "composeSyllable",
      given: { en: `Given ${letters}.`, ko: `받은 값은 ${letters}입니다.` },
      expected: {
        en: 'A consonant that can lead, a vowel, and a consonant that can close (or "") were expected.',
        ko: '초성이 될 수 있는 자음, 모음, 받침이 될 수 있는 자음(또는 "")이 필요합니다.',
      },
      remedy: { en: "ㄸ, ㅃ and ㅉ never close a syllable.", ko: "ㄸ, ㅃ, ㅉ은 받침이 될 수 없습니다." },
    });
  }
  return String.fromCharCode(FIRST_SYLLABLE + (l * 21 + v) * 28 + t);
}

/**
 * Whether a syllable closes with a consonant (받침). It decides between 은 and 는, 이 and 가, 을 and 를.
 *
 * @ko 음절에 받침이 있는지 알려 줍니다. 은/는, 이/가, 을/를을 고를 때 씁니다.
 */
export function hasTail(syllable: string): boolean {
  return isSyllable(syllable) && (syllable.charCodeAt(0) - FIRST_SYLLABLE) % 28 !== 0;
}

/**
 * Every syllable of a text as its letters; other characters stay.
 *
 * @ko 글의 모든 음절을 낱자로 풉니다. 다른 글자는 그대로 둡니다.
 * @example toJamo("한글 ok") // "ㅎㅏㄴㄱㅡㄹ ok"
 */
export function toJamo(text: string): string {
  return [...text.normalize("NFC")]
    .map((character) => {
      if (!isSyllable(character)) return character;
      const { lead, vowel, tail } = decomposeSyllable(character);
      return lead + vowel + tail;
    })
    .join("");
}

/**
 * Letters put together to syllables again, as a keyboard does: a consonant before a vowel opens a syllable, any other
 * consonant closes the one before it.
 *
 * `fromJamo(toJamo(text))` gives back every text of whole syllables. A letter that stood alone behind an open
 * syllable is drawn into it ("아ㅋ" comes back as "앜"): the letters alone do not say that it stood apart.
 *
 * @ko 낱자를 다시 음절로 모읍니다. 자판으로 칠 때와 같은 규칙을 씁니다.
 */
export function fromJamo(jamo: string): string {
  const letters = [...jamo];
  let composed = "";
  let at = 0;
  while (at < letters.length) {
    const [lead, vowel] = [letters[at], letters[at + 1]];
    if (!LEADS.includes(lead) || !VOWELS.includes(vowel)) {
      composed += lead;
      at += 1;
      continue;
    }
    const next = letters[at + 2] ?? "";
    const closes = next !== "" && TAILS.includes(next) && !VOWELS.includes(letters[at + 3]);
    composed += composeSyllable({ lead, vowel, tail: closes ? next : "" });
    at += closes ? 3 : 2;
  }
  return composed;
}
