import { describe, expect, test } from "vitest";
import { parseDocstring } from "../../../src/reference/docstring.ts";

const parse = (comment: string) => parseDocstring(comment, { where: "words.ts: cut" });

describe("a docstring", () => {
  test("is its text, with formulas indented as they are, and its tags", () => {
    const doc = parse(`/**
 * How far off it is:
 *
 *     loss = y − ŷ
 *
 * Never below 0.
 *
 * @ko 얼마나
 *   빗나갔는지 구합니다.
 * @example
 * const a = cut("x");
 *
 * cut(a, { deep: true });
 * @example cut("y")
 * @throws Where the text is empty.
 * @see The paper.
 */`);
    expect(doc.text).toBe("How far off it is:\n\n    loss = y − ŷ\n\nNever below 0.");
    expect(doc.korean).toBe("얼마나 빗나갔는지 구합니다.");
    expect(doc.examples).toEqual(['const a = cut("x");\n\ncut(a, { deep: true });', 'cut("y")']);
    expect(doc.errors).toEqual(["Where the text is empty."]);
    expect(doc.sources).toEqual(["The paper."]);
  });

  test("may stand on one line", () => {
    expect(parse("/** Cut at blanks. */").text).toBe("Cut at blanks.");
    expect(parse('/** @example cut("y") */')).toMatchObject({
      text: "",
      summary: "",
      examples: ['cut("y")'],
    });
  });

  test.each([
    ["Cut at blanks. Nothing else.", "Cut at blanks."],
    ["The share that is right:\n\n    a / b", "The share that is right."],
    ["One of two\nlines. And more.", "One of two lines."],
    ['Cut: "Don\'t go!" → two tokens. An empty text gives none.', 'Cut: "Don\'t go!" → two tokens.'],
    ["About 0.5 of torch.nn.Linear, e.g. here.", "About 0.5 of torch.nn.Linear, e.g. here."],
    ["Why it stopped:\n- `eos`: an end.", "Why it stopped."],
    [
      "Attention as D. Bahdanau and M.-T. Luong have it. More.",
      "Attention as D. Bahdanau and M.-T. Luong have it.",
    ],
    ["Reads CoNLL-U. `tokens` are words.", "Reads CoNLL-U."],
    ["Row `id` for each id,\n\n    w[id]", "Row `id` for each id."],
    ["- `a`: one\n- `b`: two", ""],
  ])("of %j has the summary %j", (text, summary) => {
    expect(parse(`/**\n * ${text.replaceAll("\n", "\n * ")}\n */`).summary).toBe(summary);
  });

  test("with a tag that is misspelt, or two Korean lines, is refused by the place", () => {
    expect(() => parse("/** A.\n * @exmaple b */")).toThrow(
      /words\.ts: cut.*@exmaple.*Known are @ko, @example/,
    );
    expect(() => parse("/** A.\n * @ko 하나입니다.\n * @ko 둘입니다. */")).toThrow(/two @ko/);
  });
});
