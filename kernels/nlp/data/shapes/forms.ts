import type { Localized } from "../../error.ts";

/** How each form is filled in, big and small; a dot is left empty. */
export const FORMS = {
  square: {
    name: { en: "square", ko: "네모" },
    big: ["####", "####", "####", "####"],
    small: ["###", "###", "###"],
  },
  triangle: {
    name: { en: "triangle", ko: "세모" },
    big: ["#...", "##..", "###.", "####"],
    small: ["#..", "##.", "###"],
  },
  circle: {
    name: { en: "circle", ko: "동그라미" },
    big: [".##.", "#..#", "#..#", ".##."],
    small: [".#.", "#.#", ".#."],
  },
  cross: {
    name: { en: "cross", ko: "가위표" },
    big: ["#..#", ".##.", ".##.", "#..#"],
    small: ["#.#", ".#.", "#.#"],
  },
} satisfies Record<string, { name: Localized; big: readonly string[]; small: readonly string[] }>;

export type FormName = keyof typeof FORMS;
export const FORM_NAMES = Object.keys(FORMS) as FormName[];

/** Each colour's letter in a picture's code, and its red, green and blue. */
export const COLOURS = {
  red: { name: { en: "red", ko: "빨간" }, letter: "r", rgb: [0.86, 0.2, 0.18] },
  yellow: { name: { en: "yellow", ko: "노란" }, letter: "y", rgb: [0.95, 0.77, 0.06] },
  green: { name: { en: "green", ko: "초록" }, letter: "g", rgb: [0.16, 0.6, 0.32] },
  blue: { name: { en: "blue", ko: "파란" }, letter: "b", rgb: [0.16, 0.42, 0.8] },
  purple: { name: { en: "purple", ko: "보라" }, letter: "p", rgb: [0.54, 0.28, 0.68] },
} satisfies Record<string, { name: Localized; letter: string; rgb: readonly [number, number, number] }>;

export type ColourName = keyof typeof COLOURS;
export const COLOUR_NAMES = Object.keys(COLOURS) as ColourName[];

export const SIZES: Readonly<Record<"big" | "small", Localized>> = {
  big: { en: "big", ko: "큰" },
  small: { en: "small", ko: "작은" },
};
