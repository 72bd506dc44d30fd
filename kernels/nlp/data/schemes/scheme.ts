/**
 * Schemes: how the labels of words say where an entity begins and ends.
 *
 *     words   Kim  Minsu  met   Lee    in   Seoul
 *     IO      I-PER I-PER  O     I-PER  O    I-LOC    neighbours of one type run together
 *     IOB1    I-PER I-PER  O     I-PER  O    I-LOC    B- only where an entity follows one of its own type
 *     BIO     B-PER I-PER  O     B-PER  O    B-LOC    every entity begins with B- (also called IOB2)
 *     BIOES   B-PER E-PER  O     S-PER  O    S-LOC    the last word is E-, a single one S- (BILOU writes L- and U-)
 *
 * Sources: L. Ramshaw and M. Marcus, "Text Chunking using Transformation-Based Learning", 1995 (IOB1); E. Tjong Kim Sang
 * and J. Veenstra, "Representing Text Chunks", 1999; L. Ratinov and D. Roth, "Design Challenges and Misconceptions in
 * Named Entity Recognition", 2009 (BILOU).
 */
import { checkOneOf } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";

/** A scheme by any of its names. IOB2 is BIO; IOBES is BIOES; BILOU and BILUO are BIOES with the letters L and U. */
export type SchemeName = "IO" | "BIO" | "IOB2" | "IOB1" | "BIOES" | "IOBES" | "BILOU" | "BILUO";

export const SCHEME_NAMES: readonly SchemeName[] = [
  "IO",
  "BIO",
  "IOB2",
  "IOB1",
  "BIOES",
  "IOBES",
  "BILOU",
  "BILUO",
];

/** Where in an entity a word stands: its begin, inside, its end, alone; or outside of all. */
export type Position = "B" | "I" | "O" | "E" | "S";

/** What a position asks of its neighbours, which must be of the same type. */
export interface PositionRule {
  /** The label before must have one of these positions. Default: any label may stand before. */
  readonly after?: readonly Position[];
  /** The label behind must have one of these positions. Default: any label may follow. */
  readonly before?: readonly Position[];
}

export interface Scheme {
  readonly name: SchemeName;
  /** The rule of every position that the scheme has; "O" has none. */
  readonly rules: Readonly<Partial<Record<Position, PositionRule>>>;
  /** How a position is written: in BILOU the letter for "E" is L, for "S" U. */
  readonly letters: Readonly<Record<Position, string>>;
}

/** A label taken apart. `type` is "" for O, and for a bare "B" or "I" of a task with one type. */
export interface Tag {
  readonly position: Position;
  readonly type: string;
}

const BIO = { B: {}, I: { after: ["B", "I"] } } as const;
const BIOES = {
  B: { before: ["I", "E"] },
  I: { after: ["B", "I"], before: ["I", "E"] },
  E: { after: ["B", "I"] },
  S: {},
} as const;

const RULES: Readonly<Record<SchemeName, Scheme["rules"]>> = {
  IO: { I: {} },
  BIO,
  IOB2: BIO,
  IOB1: { B: { after: ["B", "I"] }, I: {} },
  BIOES,
  IOBES: BIOES,
  BILOU: BIOES,
  BILUO: BIOES,
};

const LETTERS: Scheme["letters"] = { B: "B", I: "I", O: "O", E: "E", S: "S" };
const LAST_AND_UNIT: Scheme["letters"] = { ...LETTERS, E: "L", S: "U" };

export function toScheme(
  name: SchemeName,
  { where, what = "scheme" }: { where: string; what?: string },
): Scheme {
  checkOneOf(name, { where, what, allowed: SCHEME_NAMES });
  return { name, rules: RULES[name], letters: name.startsWith("BIL") ? LAST_AND_UNIT : LETTERS };
}

/** Takes a label apart; undefined if the scheme does not have it. In IO a bare type counts as inside: "PER". */
export function maybeTag(label: string, { name, rules, letters }: Scheme): Tag | undefined {
  if (label === "O") return OUTSIDE;
  const [, letter, type = ""] = /^([A-Z])(?:-(.+))?$/su.exec(label) ?? [];
  const position = (Object.keys(rules) as Position[]).find((position) => letters[position] === letter);
  if (position) return { position, type };
  const isBareType = name === "IO" && typeof label === "string" && /^(?![A-Z](-|$))./su.test(label);
  return isBareType ? { position: "I", type: label } : undefined;
}

/** Takes labels apart; one that the scheme does not have is an error. */
export function parseTags(
  labels: readonly string[],
  { scheme, where }: { readonly scheme: Scheme; readonly where: string },
): Tag[] {
  return labels.map((label, index) => {
    const tag = maybeTag(label, scheme);
    if (tag === undefined) throw unknownLabel({ label, index, scheme, where });
    return tag;
  });
}

/** The inverse of `parseTags`. */
export function serializeTag({ position, type }: Tag, { letters }: Pick<Scheme, "letters">): string {
  return type === "" ? letters[position] : `${letters[position]}-${type}`;
}

export const OUTSIDE: Tag = { position: "O", type: "" };

function unknownLabel(given: {
  readonly label: string;
  readonly index: number;
  readonly scheme: Scheme;
  readonly where: string;
}): LearnerError {
  const { label, index, scheme, where } = given;
  const letters = (Object.keys(scheme.rules) as Position[]).map(
    (position) => `${scheme.letters[position]}-TYPE`,
  );
  return new LearnerError({
    code: "unknown-label",
    where,
    given: {
      en: `\`labels[${index}]\` is ${JSON.stringify(label)}.`,
      ko: `\`labels[${index}]\`이(가) ${JSON.stringify(label)}입니다.`,
    },
    expected: {
      en: `A label of the scheme ${scheme.name} is O or ${letters.join(", ")}.`,
      ko: `${scheme.name} 방식의 레이블은 O 또는 ${letters.join(", ")}입니다.`,
    },
    remedy: {
      en: "Check the scheme (`guessScheme` looks at the labels), and labels for stray blanks.",
      ko: "어떤 방식인지 `guessScheme`으로 알아보고, 레이블에 빈칸이 섞였는지 확인하십시오.",
    },
  });
}
