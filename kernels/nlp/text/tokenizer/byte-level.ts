/**
 * Bytes as letters: a tokenizer on bytes knows every text with 256 symbols. Bytes that are printable stand for themselves,
 * the others for the letters from U+0100 on. Source: A. Radford et al., GPT-2, 2019.
 */
const PRINTABLE: readonly (readonly [from: number, to: number])[] = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
];

export const BYTE_LETTERS: readonly string[] = makeLetters();

const BYTES: ReadonlyMap<string, number> = new Map(BYTE_LETTERS.map((letter, byte) => [letter, byte]));

/** GPT-2's pieces: a contraction, a word, a number or other signs with the blank before them, or blanks. */
export const BYTE_LEVEL_PATTERN = /'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

export function toByteLetters(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => BYTE_LETTERS[byte]).join("");
}

/** Bytes that are no UTF-8, as half a character's, become U+FFFD. */
export function fromByteLetters(letters: string): string {
  const bytes = Uint8Array.from(
    [...letters].flatMap((letter) => BYTES.get(letter) ?? [...new TextEncoder().encode(letter)]),
  );
  return decodeBytes(bytes);
}

/** A byte order mark at the beginning stays: it is in the text. */
export function decodeBytes(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function makeLetters(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = PRINTABLE.some(([from, to]) => byte >= from && byte <= to);
    return String.fromCharCode(printable ? byte : next++);
  });
}
