import { createShapes, type ShapePicture } from "gongbu/data";
import { expect, test } from "vitest";
import { COLOURS, FORMS } from "../../../../../kernels/nlp/data/shapes/forms.ts";

const shapes = createShapes();
const all = [...shapes.train, ...shapes.dev, ...shapes.test];

type Place = readonly [row: number, column: number];

/** The quarters that hold nothing but what these words name. */
function findQuarters({ code }: ShapePicture, words: string): Place[] {
  const [size, colour, form] = words.split(" ") as [
    "big" | "small",
    keyof typeof COLOURS,
    keyof typeof FORMS,
  ];
  const lines = FORMS[form][size].map((line) => line.replaceAll("#", COLOURS[colour].letter));
  const quarters: readonly Place[] = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const trim = (rows: readonly string[]) => rows.join("\n").replace(/^(\.+\n)+|(\n\.+)+$/g, "");
  return quarters.filter(([row, column]) => {
    const rows = [0, 1, 2, 3].map((y) => code.slice((row * 4 + y) * 8 + column * 4).slice(0, 4));
    const shifts = [0, 1].slice(0, 5 - lines.length);
    return shifts.some(
      (x) => trim(rows) === trim(lines.map((line) => (".".repeat(x) + line).padEnd(4, "."))),
    );
  });
}

test("what a caption says is where it says in the picture", () => {
  for (const picture of all) {
    const { en } = picture.caption;
    const one = /^A (\w+ \w+ \w+) in the (top|bottom) (left|right)\.$/.exec(en);
    if (one) {
      expect(findQuarters(picture, one[1])).toEqual([[one[2] === "top" ? 0 : 1, one[3] === "left" ? 0 : 1]]);
      continue;
    }
    const two = /^A (\w+ \w+ \w+) (above|to the left of|to the right of) a (\w+ \w+ \w+)\.$/.exec(en);
    expect(two, en).not.toBeNull();
    const [, first, relation, second] = two!;
    const holds = ([row, column]: Place, [otherRow, otherColumn]: Place) =>
      relation === "above"
        ? row < otherRow && column === otherColumn
        : column < otherColumn === (relation === "to the left of") &&
          column !== otherColumn &&
          row <= otherRow;
    const pairs = findQuarters(picture, first).flatMap((a) =>
      findQuarters(picture, second).map((b) => [a, b]),
    );
    expect(pairs.filter(([a, b]) => holds(a, b)).length, `${en}\n${picture.code}`).toBe(1);
  }
});

test("English and Korean captions say the same", () => {
  const words = { ...COLOURS, ...FORMS };
  for (const { caption } of all) {
    for (const [name, { name: word }] of Object.entries(words))
      expect(caption.ko.split(word.ko).length).toBe(caption.en.split(name).length);
    expect(caption.ko.includes("오른쪽")).toBe(caption.en.includes("right"));
    expect(caption.ko).toMatch(/가 .+에 있습니다\.$/);
  }
});

test("no picture comes twice, and no training picture shows what is held out", () => {
  expect(shapes.card.splits).toEqual({ train: 1600, dev: 100, test: 300 });
  expect([shapes.train.length, shapes.dev.length, shapes.test.length]).toEqual([1600, 100, 300]);
  expect(new Set(all.map(({ code }) => code)).size).toBe(2000);
  const { dev, test: heldOut } = shapes.heldOut;
  expect([dev.length, heldOut.length]).toEqual([1, 3]);
  const shows = (names: readonly string[]) => (picture: ShapePicture) =>
    names.some((name) => picture.caption.en.includes(name));
  expect(shapes.train.filter(shows([...dev, ...heldOut]))).toEqual([]);
  expect(shapes.dev.every(shows(dev)) && shapes.test.every(shows(heldOut))).toBe(true);
});

test("the pixels are the code's letters as colours", () => {
  const [{ code, pixels }] = shapes.train;
  expect(pixels).toHaveLength(8 * 8 * 3);
  const at = [...code].findIndex((letter) => letter !== ".");
  const colour = Object.values(COLOURS).find(({ letter }) => letter === code[at])!;
  expect([...pixels.slice(at * 3, at * 3 + 3)]).toEqual([...Float32Array.from(colour.rgb)]);
  const empty = code.indexOf(".");
  expect([...pixels.slice(empty * 3, empty * 3 + 3)]).toEqual([0, 0, 0]);
});

test("the same seed gives the same pictures, another seed others", () => {
  expect(createShapes({ seed: 3, size: 100 })).toEqual(createShapes({ seed: 3, size: 100 }));
  expect(createShapes({ seed: 3, size: 100 }).train[0].code).not.toBe(
    createShapes({ seed: 4, size: 100 }).train[0].code,
  );
  expect(() => createShapes({ size: 10 })).toThrow(/createShapes: `size` is 10/);
});
