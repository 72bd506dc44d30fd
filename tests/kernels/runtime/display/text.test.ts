import { describe, expect, it } from "vitest";
import { maybeOutput } from "../../../../kernels/runtime/display/displayed.ts";
import { plainText } from "../../../../kernels/runtime/display/plain.ts";
import { text } from "../../../../kernels/runtime/display/text.ts";

describe("text", () => {
  it("keeps both languages, cannot be changed, and is English where it is joined to a string", () => {
    const words = text({ en: "loss", ko: "손실" });
    expect(words).toEqual({ en: "loss", ko: "손실" });
    expect(Object.isFrozen(words)).toBe(true);
    expect(`the ${words}`).toBe("the loss");
    expect(structuredClone(words)).toEqual({ en: "loss", ko: "손실" });
  });

  it.each([[undefined], [null], ["loss"], [{ en: "loss" }], [{ en: "loss", ko: 1 }]])(
    "says what is missing when it is given %j",
    (given) => {
      expect(() => text(given as never)).toThrow(/text\(\{ en, ko \}\) takes a string for each language/);
    },
  );
});

describe("what a displayed value looks like", () => {
  it("is nothing for undefined, words for text, and a tree for the rest", () => {
    expect(maybeOutput(undefined)).toBeUndefined();
    expect(maybeOutput({ en: "a", ko: "가", more: 1 })).toEqual({
      kind: "text",
      text: { en: "a", ko: "가" },
    });
    expect(maybeOutput("two\nlines")).toEqual({ kind: "text", text: "two\nlines" });
    expect(maybeOutput("one line")).toMatchObject({ kind: "inspect" });
    expect(maybeOutput({ en: 1, ko: 2 })).toMatchObject({ kind: "inspect" });
  });

  it("is the beginning of a very long text, with how much is left out", () => {
    const output = maybeOutput(`${"x".repeat(99)}\n`.repeat(5000))!;
    expect(JSON.stringify(output).length).toBeLessThan(250_000);
    expect(plainText(output)).toMatch(/400000 more characters are not shown/);
    expect(plainText(output, "ko")).toMatch(/400000자/);
  });
});
