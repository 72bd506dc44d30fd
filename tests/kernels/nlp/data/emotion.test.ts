import { loadEmotion } from "gongbu/data";
import { afterEach, expect, test, vi } from "vitest";

const FILE =
  "text\tlabel\tsplit\nHurray!\tjoy\ttrain\nOh no\tfear\ttest\nGrr\tanger\tdev\nSob\tsadness\ttrain\n";

afterEach(() => vi.unstubAllGlobals());

test("the file is asked for by fetch as it is at the call, and its rows come by split, labels as ids", async () => {
  const fetch = vi.fn((_url: string) => Promise.resolve(new Response(FILE)));
  vi.stubGlobal("fetch", fetch);
  const emotion = await loadEmotion({ language: "ko" });
  expect(fetch.mock.calls).toEqual([["data/emotion/emotion.ko.tsv"]]);
  expect(emotion.train).toEqual({ texts: ["Hurray!", "Sob"], labels: [0, 1] });
  expect(emotion.dev).toEqual({ texts: ["Grr"], labels: [2] });
  expect(emotion.test).toEqual({ texts: ["Oh no"], labels: [3] });
  expect(emotion.classes).toEqual(["joy", "sadness", "anger", "fear"]);
  expect(emotion.classNames.ko).toEqual(["기쁨", "슬픔", "분노", "불안"]);
  expect(emotion.card).toMatchObject({
    size: 4,
    licence: "CC BY 4.0",
    splits: { train: 2, dev: 1, test: 1 },
  });
});

test("a file that is not there, a language that is none and an unknown label are told", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 404 })));
  await expect(loadEmotion({ language: "en" })).rejects.toThrow(
    /loadEmotion: data\/emotion\/emotion\.en\.tsv.*404/,
  );
  await expect(loadEmotion({ language: "fr" as "en" })).rejects.toThrow(/`language` is "fr".*"ko", "en"/);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("text\tlabel\tsplit\nHm\tboredom\ttrain\n")));
  await expect(loadEmotion({ language: "en" })).rejects.toThrow(/The label is "boredom"/);
});
