import { maskTokens, nextSentencePairs } from "gongbu/nn";
import { describe, expect, it } from "vitest";

describe("maskTokens", () => {
  const options = { maskTokenId: 4, vocabSize: 1000 };
  const long = Array.from({ length: 20000 }, (_, index) => 10 + (index % 900));

  it("chooses 15%, of which 80% are masked, 10% exchanged and 10% kept", () => {
    const { inputIds, labels } = maskTokens(long, { ...options, seed: 1 });
    const chosen = labels.flatMap((label, place) => (label === -100 ? [] : [place]));
    expect(chosen.length / long.length).toBeCloseTo(0.15, 1);
    const share = (hit: (place: number) => boolean) => chosen.filter(hit).length / chosen.length;
    expect(share((place) => inputIds[place] === 4)).toBeCloseTo(0.8, 1);
    expect(share((place) => inputIds[place] === long[place])).toBeCloseTo(0.1, 1);
    expect(chosen.every((place) => labels[place] === long[place])).toBe(true);
    expect(long.every((id, place) => labels[place] !== -100 || inputIds[place] === id)).toBe(true);
  });

  it("never chooses special tokens, and always at least one other", () => {
    for (let seed = 0; seed < 50; seed++) {
      const specialTokensMask = [1, 0, 0, 1];
      const { labels } = maskTokens([2, 8, 9, 3], { ...options, probability: 0, specialTokensMask, seed });
      expect(labels.filter((label) => label !== -100)).toHaveLength(1);
      expect([labels[0], labels[3]]).toEqual([-100, -100]);
    }
  });

  it("hides the same for the same seed", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => maskTokens(long.slice(0, 100), { ...options, seed }));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  it("refuses emptiness and ids that are none", () => {
    expect(() => maskTokens([], options)).toThrow(/maskTokens: `ids` is empty/);
    expect(() => maskTokens([1], { ...options, specialTokensMask: [1] })).toThrow(/1 on all 1 tokens/);
    expect(() => maskTokens([1], { ...options, specialTokensMask: [] })).toThrow(/`specialTokensMask` 0/);
    expect(() => maskTokens([1], { ...options, maskTokenId: 1000 })).toThrow(/`maskTokenId` is 1000/);
  });
});

describe("nextSentencePairs", () => {
  const documents = [["a1", "a2", "a3"], ["b1", "b2"], ["c1"]]; // prettier-ignore

  it("pairs neighbours, and exchanges about half of the seconds for sentences of other documents", () => {
    const pairs = Array.from({ length: 200 }, (_, seed) => nextSentencePairs(documents, { seed })).flat();
    expect(pairs).toHaveLength(600);
    expect(pairs.filter(({ label }) => label === 1).length / 600).toBeCloseTo(0.5, 1);
    for (const { first, second, label } of pairs) {
      const [document, place] = [first[0], Number(first[1])];
      if (label === 0) expect(second).toBe(`${document}${place + 1}`);
      else expect(second[0]).not.toBe(document);
    }
  });

  it("is the same for the same seed, and refuses a single document", () => {
    expect(nextSentencePairs(documents, { seed: 3 })).toEqual(nextSentencePairs(documents, { seed: 3 }));
    expect(() => nextSentencePairs([["a", "b"]])).toThrow(/nextSentencePairs: There is a single document/);
    expect(() => nextSentencePairs([["a"], []])).toThrow(/`documents\[1\]` is empty/);
  });
});
