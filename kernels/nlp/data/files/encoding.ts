/** Bytes to text. */
import { LearnerError } from "../../error.ts";

export interface DecodedText {
  readonly text: string;
  /** The encoding that was given or found: "utf-8", "euc-kr", "utf-16le", … */
  readonly encoding: string;
}

export interface DecodeTextOptions {
  /** Any label of the Encoding Standard: "euc-kr" (CP949), "windows-1252", "shift_jis". Default: found out. */
  readonly encoding?: string;
}

/**
 * Decodes a file's bytes. A byte order mark names UTF-8 or UTF-16; what is valid UTF-8 is UTF-8. Korean Windows still
 * writes CP949: bytes that are no UTF-8 and mostly pairs of Hangul's rows in KS X 1001 are read as that ("euc-kr" by
 * the Encoding Standard). Everything else is UTF-8 with damage: each bad sequence becomes U+FFFD (�), and the readers
 * report the lines.
 *
 * @ko 파일의 바이트를 인코딩을 알아내어 글로 바꿉니다.
 * @example decodeText(new Uint8Array([0xb0, 0xa1])) // { text: "가", encoding: "euc-kr" }
 */
export function decodeText(bytes: Uint8Array, options: DecodeTextOptions = {}): DecodedText {
  const encoding = options.encoding ?? guessEncoding(bytes);
  return { text: toDecoder(encoding).decode(bytes), encoding };
}

function guessEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (isValid(bytes, "utf-8")) return "utf-8";
  return shareOfHangulPairs(bytes) > 0.5 && isValid(bytes, "euc-kr") ? "euc-kr" : "utf-8";
}

function isValid(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false; // "not valid in this encoding", by the Encoding Standard
    throw error;
  }
}

/** Of the bytes above ASCII, how many are in pairs 0xB0–0xC8, 0xA1–0xFE: the 2,350 syllables of KS X 1001. */
function shareOfHangulPairs(bytes: Uint8Array): number {
  let high = 0;
  let paired = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] < 0x80) continue;
    high += 1;
    if (bytes[at] >= 0xb0 && bytes[at] <= 0xc8 && bytes[at + 1] >= 0xa1) {
      high += 1;
      paired += 2;
      at += 1;
    }
  }
  return high === 0 ? 0 : paired / high;
}

function toDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch (cause) {
    throw new LearnerError(
      {
        code: "wrong-option",
        where: "decodeText",
        given: {
          en: `\`encoding\` is ${JSON.stringify(encoding)}.`,
          ko: `\`encoding\`이 ${JSON.stringify(encoding)}입니다.`,
        },
        expected: {
          en: 'It must be a label of the Encoding Standard, such as "utf-8", "euc-kr" or "windows-1252".',
          ko: '"utf-8", "euc-kr", "windows-1252"처럼 Encoding Standard에 있는 이름이어야 합니다.',
        },
        remedy: { en: "Leave it out to have it found out.", ko: "생략하면 알아서 찾습니다." },
      },
      { cause },
    );
  }
}
