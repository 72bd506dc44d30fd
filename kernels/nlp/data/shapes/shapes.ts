import { checkInteger } from "../../arguments.ts";
import type { Localized } from "../../error.ts";
import { createRandom, type Random } from "../../random.ts";
import { withParticle } from "../phrasebook/particle.ts";
import { COLOUR_NAMES, COLOURS, FORM_NAMES, FORMS, SIZES, type ColourName, type FormName } from "./forms.ts";

export interface CreateShapesOptions {
  /** Default 0: draws the pictures, and which colours of which forms are held out. */
  readonly seed?: number;
  /** Pictures in all, 100 to 10,000: 80 % train, 5 % dev, 15 % test. Default 2,000. */
  readonly size?: number;
}

export interface ShapePicture {
  /** A letter a cell, row by row: "." empty, r, y, g, b, p the colours; 64 letters. A picture that a text model can read. */
  readonly code: string;
  /** Red, green and blue of each cell from 0 to 1: [8, 8, 3]. */
  readonly pixels: Float32Array;
  readonly caption: Localized;
}

export interface Shapes {
  readonly train: readonly ShapePicture[];
  readonly dev: readonly ShapePicture[];
  readonly test: readonly ShapePicture[];
  /** Cells along an edge: 8. */
  readonly side: number;
  /** What no training picture shows, such as "blue circle". */
  readonly heldOut: { readonly dev: readonly string[]; readonly test: readonly string[] };
  readonly card: ShapesCard;
}

export interface ShapesCard {
  readonly name: Localized;
  readonly origin: Localized;
  readonly licence: string;
  readonly size: number;
  readonly splits: Readonly<Record<"train" | "dev" | "test", number>>;
  readonly knownFlaws: Localized;
}

/**
 * Little pictures of one or two coloured shapes on 8 × 8 cells, with captions in English and Korean:
 *
 *     A small red circle above a big blue square.
 *     작은 빨간 동그라미가 큰 파란 네모 위에 있습니다.
 *
 * Four forms, five colours, two sizes. Of two shapes the one higher up is named first, in one row the left one. The code
 * of a picture, one letter a cell, makes captioning a task of text to text. Four of the 20 colours of forms are held out,
 * one for dev and three for test: no training picture shows them, each dev and test picture does. No picture comes twice.
 *
 * @ko 색깔 있는 도형 그림과 그 설명을 영어와 한국어로 만듭니다. 그림을 글자로도 주므로 글을 쓰는 모델이 읽을 수 있습니다.
 * @example
 * const { train } = createShapes({ seed: 1 });
 * train[0].code.match(/.{8}/g).join("\n"); // the picture in letters
 * train[0].caption.en;                     // "A big green triangle in the top left.", for instance
 */
export function createShapes(options: CreateShapesOptions = {}): Shapes {
  const where = "createShapes";
  const { seed = 0, size = 2000 } = options;
  checkInteger(size, { where, what: "size", min: 100, max: 10_000 });
  const random = createRandom(seed);
  const heldOut = drawHeldOut(random);
  const wanted = { test: Math.round(0.15 * size), dev: Math.round(0.05 * size) };
  const room = { ...wanted, train: size - wanted.test - wanted.dev };
  const parts: Record<Part, ShapePicture[]> = { train: [], dev: [], test: [] };
  const codes = new Set<string>();
  while (parts.train.length + parts.dev.length + parts.test.length < size) {
    const shapes = drawShapes(random);
    const found = shapes.map(({ colour, form }) => heldOut.get(`${colour} ${form}`));
    const part: Part = found.includes("test") ? "test" : found.includes("dev") ? "dev" : "train";
    if (parts[part].length >= room[part]) continue;
    const code = toCode(shapes);
    if (codes.has(code)) continue;
    codes.add(code);
    parts[part].push({ code, pixels: toPixels(code), caption: toCaption(shapes) });
  }
  const of = (part: Part) => [...heldOut].filter(([, own]) => own === part).map(([name]) => name);
  return {
    ...parts,
    side: SIDE,
    heldOut: { dev: of("dev"), test: of("test") },
    card: {
      name: { en: "Shapes", ko: "도형" },
      origin: { en: "Drawn by this course's code.", ko: "이 강의의 코드로 그렸습니다." },
      licence: "CC BY 4.0",
      size,
      splits: room,
      knownFlaws: {
        en: "Pictures of 64 cells without noise, and one right caption each: real pictures have neither.",
        ko: "잡음 없는 칸 64개짜리 그림이고 맞는 설명이 하나씩뿐입니다. 실제 사진은 그렇지 않습니다.",
      },
    },
  };
}

const SIDE = 8;
const HALF = SIDE / 2;

type Part = "train" | "dev" | "test";

interface Shape {
  readonly form: FormName;
  readonly colour: ColourName;
  readonly size: "big" | "small";
  /** Which quarter: 0 or 1 from above and from the left. */
  readonly row: number;
  readonly column: number;
  /** Cells from the quarter's corner. */
  readonly down: number;
  readonly right: number;
}

/** The four differ in form and in colour, so that every form and colour stays in training. */
function drawHeldOut(random: Random): Map<string, "dev" | "test"> {
  const colours = random.shuffle(COLOUR_NAMES);
  const forms = random.shuffle(FORM_NAMES);
  return new Map(forms.map((form, index) => [`${colours[index]} ${form}`, index === 0 ? "dev" : "test"]));
}

/** In the order in which the caption names them. */
function drawShapes(random: Random): Shape[] {
  const count = random.uniform() < 0.25 ? 1 : 2;
  const quarters = random.shuffle([0, 1, 2, 3]).slice(0, count).sort();
  return quarters.map((quarter) => {
    const size = random.uniform() < 0.5 ? "big" : "small";
    const slack = size === "small" ? 2 : 1;
    return {
      form: FORM_NAMES[random.integer(FORM_NAMES.length)],
      colour: COLOUR_NAMES[random.integer(COLOUR_NAMES.length)],
      size,
      row: quarter >> 1,
      column: quarter & 1,
      down: random.integer(slack),
      right: random.integer(slack),
    };
  });
}

function toCode(shapes: readonly Shape[]): string {
  const cells = new Array<string>(SIDE * SIDE).fill(".");
  for (const { form, colour, size, row, column, down, right } of shapes)
    FORMS[form][size].forEach((line, y) =>
      [...line].forEach((cell, x) => {
        const at = (row * HALF + down + y) * SIDE + column * HALF + right + x;
        if (cell === "#") cells[at] = COLOURS[colour].letter;
      }),
    );
  return cells.join("");
}

function toPixels(code: string): Float32Array {
  const rgbOf = new Map<string, readonly number[]>(
    Object.values(COLOURS).map(({ letter, rgb }) => [letter, rgb]),
  );
  return Float32Array.from([...code].flatMap((letter) => rgbOf.get(letter) ?? [0, 0, 0]));
}

function toCaption(shapes: readonly Shape[]): Localized {
  const [first, second] = shapes;
  const one = toName(first);
  if (!second) {
    const place = CORNERS[first.row * 2 + first.column];
    return {
      en: `A ${one.en} in the ${place.en}.`,
      ko: `${withParticle(one.ko, "이/가")} ${place.ko}에 있습니다.`,
    };
  }
  const other = toName(second);
  const relation = first.column === second.column ? ABOVE : first.column < second.column ? LEFT : RIGHT;
  return {
    en: `A ${one.en} ${relation.en} a ${other.en}.`,
    ko: `${withParticle(one.ko, "이/가")} ${other.ko} ${relation.ko}에 있습니다.`,
  };
}

function toName({ form, colour, size }: Shape): Localized {
  const parts = [SIZES[size], COLOURS[colour].name, FORMS[form].name];
  return { en: parts.map(({ en }) => en).join(" "), ko: parts.map(({ ko }) => ko).join(" ") };
}

const CORNERS: readonly Localized[] = [
  { en: "top left", ko: "왼쪽 위" },
  { en: "top right", ko: "오른쪽 위" },
  { en: "bottom left", ko: "왼쪽 아래" },
  { en: "bottom right", ko: "오른쪽 아래" },
];
const ABOVE: Localized = { en: "above", ko: "위" };
const LEFT: Localized = { en: "to the left of", ko: "왼쪽" };
const RIGHT: Localized = { en: "to the right of", ko: "오른쪽" };
