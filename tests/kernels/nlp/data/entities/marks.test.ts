import { parseMarks } from "gongbu/data";
import { expect, test } from "vitest";

test("marks are taken out, and their places are those in the text without them", () => {
  const { text, spans } = parseMarks("[Kim](PER) met [Lee](PER)-[Rhee](PER) (in [Bath](LOC)).");
  expect(text).toBe("Kim met Lee-Rhee (in Bath).");
  expect(spans.map(({ start, end, label }) => [text.slice(start, end), label])).toEqual([
    ["Kim", "PER"],
    ["Lee", "PER"],
    ["Rhee", "PER"],
    ["Bath", "LOC"],
  ]);
});

test("a text without marks has no spans, and signs outside the basic plane count two, as in a string", () => {
  expect(parseMarks("Nothing (here).")).toEqual({ text: "Nothing (here).", spans: [] });
  expect(parseMarks("😀 [Mia](PER)").spans).toEqual([{ start: 3, end: 6, label: "PER" }]);
});

test("types are any word of capitals, unless they are named", () => {
  expect(parseMarks("[tea](FOOD)").spans[0].label).toBe("FOOD");
  expect(() => parseMarks("[tea](food)")).toThrow(/"food"/);
  expect(() => parseMarks("[tea](FOOD)", { types: ["PER"] })).toThrow(/"FOOD".*PER/);
});

test("empty marks, blanks at their ends, nested marks and stray brackets are told", () => {
  expect(() => parseMarks("[](PER) came.")).toThrow(/\[\]\(PER\) is empty/);
  expect(() => parseMarks("[Ann ](PER)came.")).toThrow(/begins or ends with a blank/);
  expect(() => parseMarks("[the [Bank](ORG) of Korea](ORG)")).toThrow(/belongs to no mark/);
  expect(() => parseMarks("[Ann](PER) [came", { line: 7 })).toThrow(/Line 7: .*belongs to no mark/);
});
