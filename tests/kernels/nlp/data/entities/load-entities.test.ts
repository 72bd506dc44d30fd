import { loadEntities, toTextSpans, labelsToSpans } from "gongbu/data";
import { afterEach, expect, test, vi } from "vitest";

const FILE = [
  "train\t[서울](LOC)에서 [김민수](PER)를 만났다.",
  "",
  "test\t아무 이름도 없는 문장.",
  "dev\t[3월 5일](DATE)에 [한국은행](ORG)으로 갔다.",
  "",
].join("\n");

const serve = (text: string, status = 200) => {
  const fetch = vi.fn((_url: string) => Promise.resolve(new Response(text, { status })));
  vi.stubGlobal("fetch", fetch);
  return fetch;
};

afterEach(() => vi.unstubAllGlobals());

test("the file is asked for by fetch, and its sentences come by split, in characters and in words", async () => {
  const fetch = serve(FILE);
  const entities = await loadEntities({ language: "ko" });
  expect(fetch.mock.calls).toEqual([["data/entities/entities.ko.txt"]]);
  expect(entities.train).toEqual([
    {
      text: "서울에서 김민수를 만났다.",
      tokens: ["서울에서", "김민수를", "만났다", "."],
      offsets: [
        [0, 4],
        [5, 9],
        [10, 13],
        [13, 14],
      ],
      labels: ["B-LOC", "B-PER", "O", "O"],
      spans: [
        { start: 0, end: 2, label: "LOC" },
        { start: 5, end: 8, label: "PER" },
      ],
    },
  ]);
  expect(entities.dev[0].labels).toEqual(["B-DATE", "I-DATE", "B-ORG", "O", "O"]);
  expect(entities.test[0].spans).toEqual([]);
  expect(entities.labelNames.slice(0, 3)).toEqual(["O", "B-PER", "I-PER"]);
  expect(entities.typeNames.ko).toHaveLength(entities.types.length);
  expect(entities.card).toMatchObject({
    size: 3,
    splits: { train: 1, dev: 1, test: 1 },
    licence: "CC BY 4.0",
  });
});

test("a word's label reaches as far as the word, its span as far as the name", async () => {
  serve(FILE);
  const [{ labels, offsets, spans }] = (await loadEntities({ language: "ko" })).train;
  const words = toTextSpans(labelsToSpans(labels, { scheme: "BIO" }), { offsets });
  expect(words.map(({ end }) => end)).toEqual([4, 9]);
  expect(spans.map(({ end }) => end)).toEqual([2, 8]);
});

test("the English 's is a word of its own, numbers and apostrophes inside words stay whole", async () => {
  serve("train\t[Ana](PER)'s shop didn't sell 1,200 cups at [O'Hare](LOC) by 7:30, [Macy's](ORG) did…\r\n");
  const [sentence] = (await loadEntities({ language: "en" })).train;
  expect(sentence.tokens.join(" ")).toBe(
    "Ana 's shop didn't sell 1,200 cups at O'Hare by 7:30 , Macy 's did …",
  );
  expect(sentence.labels.filter((label) => label !== "O")).toEqual(["B-PER", "B-LOC", "B-ORG", "I-ORG"]);
});

test("a line that cannot be read is told by its number", async () => {
  const rejected = async (text: string, message: RegExp) => {
    serve(text);
    await expect(loadEntities({ language: "en" })).rejects.toThrow(message);
  };
  await rejected("train\tFine.\nvalid\tNot a split.\n", /loadEntities: Line 2 is "valid\\tNot a split\."/);
  await rejected("train\tFine.\n\ntrain\t\n", /Line 3/);
  await rejected("train\ta\tb\n", /Line 1/);
  await rejected("train Fine.\n", /Line 1/);
  await rejected(
    "train\tFine.\ntest\tTo [Rome](CITY).\n",
    /Line 2: An entity is marked as "CITY".*PER, LOC, ORG, DATE/,
  );
  await rejected("test\tTo [Rome.\n", /Line 1: A square bracket belongs to no mark: "To \[Rome\."/);
});

test("a file that is not there and a language that is none are told", async () => {
  serve("", 404);
  await expect(loadEntities({ language: "en" })).rejects.toThrow(
    /loadEntities: data\/entities\/entities\.en\.txt.*404.*notebooks\/data\/entities/,
  );
  await expect(loadEntities({ language: "fr" as "en" })).rejects.toThrow(/`language` is "fr".*"ko", "en"/);
});
