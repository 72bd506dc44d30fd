import { loadEmoji } from "gongbu/data";
import { afterEach, expect, test, vi } from "vitest";

const FILE =
  "emoji\tname\tkeywords\tgroup\tsplit\n😀\tgrinning face\thappy, smile\tsmileys\ttrain\n🏁\tchequered flag\t\tflags\ttest\n🍎\tred apple\tfruit\tfood\tdev\n";

afterEach(() => vi.unstubAllGlobals());

test("names come with signs, keywords and the numbers of their groups", async () => {
  const fetch = vi.fn((_url: string) => Promise.resolve(new Response(FILE)));
  vi.stubGlobal("fetch", fetch);
  const emoji = await loadEmoji({ language: "en" });
  expect(fetch.mock.calls).toEqual([["data/emoji/emoji.en.tsv"]]);
  expect(emoji.train).toEqual({
    texts: ["grinning face"],
    labels: [0],
    emoji: ["😀"],
    keywords: [["happy", "smile"]],
  });
  expect(emoji.test).toEqual({ texts: ["chequered flag"], labels: [8], emoji: ["🏁"], keywords: [[]] });
  expect(emoji.dev.labels).toEqual([3]);
  expect(emoji.classNames.ko[3]).toBe("음식과 음료");
  expect(emoji.card).toMatchObject({ size: 3, splits: { train: 1, dev: 1, test: 1 } });
});

test("a file that is not there and a language that is none are told", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 404 })));
  await expect(loadEmoji({ language: "ko" })).rejects.toThrow(/loadEmoji: data\/emoji\/emoji\.ko\.tsv.*404/);
  await expect(loadEmoji({ language: "fr" as "en" })).rejects.toThrow(/`language` is "fr"/);
});
