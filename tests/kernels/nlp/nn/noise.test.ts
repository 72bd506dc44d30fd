import {
  attentionPattern,
  corruptSpans,
  deleteTokens,
  infillSpans,
  permuteSentences,
  replaceTokens,
  rotateDocument,
} from "gongbu/nn";
import { createRandom } from "gongbu/data";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const MASK = 1;
const text = fc.array(fc.integer({ min: 10, max: 99 }), { minLength: 1, maxLength: 30 });
const seed = fc.integer({ min: 0, max: 1000 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Whether `part` is left of `whole` when some elements are taken out. */
function isSubsequence(part: readonly number[], whole: readonly number[]): boolean {
  let at = 0;
  for (const id of whole) if (at < part.length && part[at] === id) at++;
  return at === part.length;
}

describe("the ways to spoil a text", () => {
  it("replace at least one token by the mask, and no other", () => {
    fc.assert(
      fc.property(text, seed, share, (ids, seed, probability) => {
        const noised = replaceTokens(ids, { maskTokenId: MASK, seed, probability });
        expect(noised.changed.length).toBeGreaterThan(0);
        expect(noised.ids).toEqual(ids.map((id, place) => (noised.changed.includes(place) ? MASK : id)));
      }),
    );
  });

  it("delete tokens and leave the others in their order", () => {
    fc.assert(
      fc.property(text, seed, share, (ids, seed, probability) => {
        const noised = deleteTokens(ids, { seed, probability });
        expect(noised.ids.length).toBe(ids.length - noised.changed.length);
        expect(noised.ids.length).toBeGreaterThan(0);
        expect(isSubsequence(noised.ids, ids)).toBe(true);
      }),
    );
  });

  it("make one mask of a span, however long", () => {
    fc.assert(
      fc.property(text, seed, share, (ids, seed, probability) => {
        const { ids: infilled, changed } = infillSpans(ids, { maskTokenId: MASK, seed, probability });
        const left = infilled.filter((id) => id !== MASK);
        expect(left).toEqual(ids.filter((_, place) => !changed.includes(place)));
        // No two masks side by side: what lies between two spans is at least one token.
        infilled.forEach((id, place) => expect(id === MASK && infilled[place + 1] === MASK).toBe(false));
      }),
    );
    const spans = infillSpans([10, 11, 12, 13, 14, 15, 16, 17, 18, 19], { maskTokenId: MASK, seed: 3 });
    expect(spans.ids.length).toBeLessThan(10);
    expect(spans.ids).toContain(MASK);
  });

  it("spoil about as much as they are asked to, with spans of about the mean length", () => {
    const random = createRandom(1);
    const ids = Array.from({ length: 200 }, (_, index) => 10 + index);
    const runs = Array.from({ length: 60 }, () =>
      infillSpans(ids, { maskTokenId: MASK, random, probability: 0.3 }),
    );
    const mean = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    expect(mean(runs.map(({ changed }) => changed.length))).toBeGreaterThan(55);
    const masks = mean(runs.map((run) => run.ids.filter((id) => id === MASK).length));
    expect(60 / masks).toBeGreaterThan(2.2);
    expect(60 / masks).toBeLessThan(3.8);
  });

  it("permute sentences and rotate documents without losing anything", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), seed, (sentences, seed) => {
        const { ids, order } = permuteSentences(sentences, { seed });
        expect([...order].sort((a, b) => a - b)).toEqual(sentences.map((_, index) => index));
        expect(ids).toEqual(order.flatMap((index) => sentences[index]));
        const whole = sentences.flat();
        const rotated = rotateDocument(whole, { seed });
        expect(rotated.ids[0]).toBe(whole[rotated.start]);
        const back = whole.length - rotated.start;
        expect([...rotated.ids.slice(back), ...rotated.ids.slice(0, back)]).toEqual(whole);
      }),
    );
  });

  it("put sentinels for spans, from which source and target give the text again", () => {
    const sentinelIds = [1, 2, 3, 4, 5, 6];
    fc.assert(
      fc.property(text, seed, share, (ids, seed, probability) => {
        const { source, target } = corruptSpans(ids, { sentinelIds, seed, probability });
        const spans = new Map<number, number[]>();
        let last: number[] = [];
        for (const id of target) {
          if (sentinelIds.includes(id)) spans.set(id, (last = []));
          else last.push(id);
        }
        expect(source.flatMap((id) => spans.get(id) ?? [id])).toEqual(ids);
        expect(spans.get(target.at(-1)!)).toEqual([]);
        expect([...spans.keys()]).toEqual(sentinelIds.slice(0, spans.size));
      }),
    );
  });

  it("do the same for the same seed, and refuse what they cannot spoil", () => {
    const options = { maskTokenId: MASK, seed: 8 };
    expect(infillSpans([10, 11, 12, 13], options)).toEqual(infillSpans([10, 11, 12, 13], options));
    expect(() => deleteTokens([])).toThrow(expect.objectContaining({ code: "empty-input" }));
    expect(() => replaceTokens([1], { maskTokenId: MASK, probability: 2 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
    expect(() => corruptSpans([10], { sentinelIds: [1] })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});

describe("an attention pattern", () => {
  it("says who sees whom", () => {
    expect(attentionPattern("encoder", { queries: 2 })).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(attentionPattern("causal", { queries: 3 })).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
    ]);
    expect(attentionPattern("prefix", { queries: 3, prefix: 2 })).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [1, 1, 1],
    ]);
    expect(attentionPattern("cross", { queries: 1, keys: 3 })).toEqual([[1, 1, 1]]);
    expect(() => attentionPattern("sideways" as never, { queries: 1 })).toThrow(
      expect.objectContaining({ code: "wrong-option" }),
    );
  });
});
