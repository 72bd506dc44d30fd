import { loadBrown } from "gongbu/data";
import { afterEach, expect, test, vi } from "vitest";

const line = (split: string, word: string) => `${split}\tnews\tThe/at ${word}/nn 1/2/cd ran/vbd ./.`;
const FILE = [
  ...Array.from({ length: 12 }, (_, i) => line("train", `a${i}`)),
  ...Array.from({ length: 2 }, (_, i) => line("dev", `b${i}`)),
  ...Array.from({ length: 6 }, (_, i) => line("test", `c${i}`)),
  "",
].join("\n");

const serve = (text: string, status = 200) => {
  const fetch = vi.fn((_url: string) => Promise.resolve(new Response(text, { status })));
  vi.stubGlobal("fetch", fetch);
  return fetch;
};

afterEach(() => vi.unstubAllGlobals());

test("sentences come by split, with Brown's tags and universal ones; a slash in a word is the word's", async () => {
  const fetch = serve(FILE);
  const brown = await loadBrown();
  expect(fetch.mock.calls).toEqual([["data/brown/brown.txt"]]);
  expect(brown.train[0]).toEqual({
    tokens: ["The", "a0", "1/2", "ran", "."],
    labels: ["DET", "NOUN", "NUM", "VERB", "."],
    brownTags: ["at", "nn", "cd", "vbd", "."],
    genre: "news",
  });
  expect(brown.card).toMatchObject({ size: 20, splits: { train: 12, dev: 2, test: 6 } });
  expect(new Set(brown.tags).size).toBe(12);
  expect(brown.tagNames.ko).toHaveLength(12);
});

test("a smaller sample keeps the splits' shares, is the same for a seed and another for another", async () => {
  serve(FILE);
  const words = async (seed: number) => {
    serve(FILE);
    const { train, card } = await loadBrown({ size: 10, seed });
    expect(card.splits).toEqual({ train: 6, dev: 1, test: 3 });
    return train.map(({ tokens }) => tokens[1]).join(" ");
  };
  expect(await words(1)).toBe(await words(1));
  expect(await words(1)).not.toBe(await words(2));
});

test("a size that cannot be, a line that cannot be read and a file that is not there are told", async () => {
  serve(FILE);
  await expect(loadBrown({ size: 21 })).rejects.toThrow(/loadBrown: `size` is 21.*20/);
  await expect(loadBrown({ size: 2.5 })).rejects.toThrow(/`size` is 2\.5/);
  const rejected = async (text: string, message: RegExp) => {
    serve(text);
    await expect(loadBrown()).rejects.toThrow(message);
  };
  await rejected(`${line("train", "a")}\ntrain\tnews\tThe/at dog\n`, /Line 2 of data\/brown\/brown\.txt/);
  await rejected(line("valid", "a"), /Line 1 .*valid/);
  await rejected("train\tnews\tThe/PROPN\n", /"PROPN"/);
  serve("", 404);
  await expect(loadBrown()).rejects.toThrow(/data\/brown\/brown\.txt.*404/);
});
