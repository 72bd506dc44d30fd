import {
  decodeText,
  readConll,
  readConllu,
  readCsv,
  readJsonLines,
  readLines,
  readParallel,
  readText,
  readTsv,
} from "gongbu/data";
import { afterEach, expect, test, vi } from "vitest";

const serve = (body: BodyInit, status = 200) => {
  const fetch = vi.fn((_url: string) => Promise.resolve(new Response(body, { status })));
  vi.stubGlobal("fetch", fetch);
  return fetch;
};

afterEach(() => vi.unstubAllGlobals());

/** "가" in EUC-KR is B0 A1, "나" B3 AA. */
const EUC_KR = [0xb0, 0xa1, 0xb3, 0xaa];

test("UTF-8, UTF-16 by its mark and EUC-KR are told apart, and damage does not turn UTF-8 into Korean", () => {
  const decode = (...bytes: number[]) => decodeText(new Uint8Array(bytes));
  expect(decode(0xef, 0xbb, 0xbf, 0xea, 0xb0, 0x80)).toEqual({ text: "가", encoding: "utf-8" });
  expect(decode(0xff, 0xfe, 0x00, 0xac)).toEqual({ text: "가", encoding: "utf-16le" });
  expect(decode(0xfe, 0xff, 0xac, 0x00)).toEqual({ text: "가", encoding: "utf-16be" });
  expect(decode(...EUC_KR)).toEqual({ text: "가나", encoding: "euc-kr" });
  expect(decode(0x61, 0xea, 0xb0, 0x80, 0xea, 0xb0)).toEqual({ text: "a가\ufffd", encoding: "utf-8" });
  expect(decode(0x64, 0x6f, 0x6e, 0x92, 0x74)).toEqual({ text: "don\ufffdt", encoding: "utf-8" });
  expect(decodeText(new Uint8Array([0x82, 0xa0]), { encoding: "shift_jis" }).text).toBe("あ");
  expect(() => decodeText(new Uint8Array(), { encoding: "utf-9" })).toThrow(
    /decodeText: `encoding` is "utf-9"/,
  );
});

test("every reader reads a file as its parser reads the text, and says its name and encoding", async () => {
  const file = (text: string) => new File(["\ufeff", text], "mine.txt");
  const from = { name: "mine.txt", encoding: "utf-8" };
  expect(await readTsv(file("a\tb\n1\t2\n"))).toMatchObject({ rows: [{ a: "1", b: "2" }], ...from });
  expect(await readCsv(file("a,b\n1,2\n"))).toMatchObject({ rows: [{ a: "1", b: "2" }], ...from });
  expect(await readJsonLines(file('{"a": 1}\n'))).toMatchObject({ rows: [{ a: 1 }], ...from });
  expect(await readLines(file("x"))).toMatchObject({ rows: [{ text: "x" }], ...from });
  expect(await readConll(file("a\tO\n"))).toMatchObject({ sentences: [{ tokens: ["a"] }], ...from });
  expect(await readConllu(file(`1\ta${"\t_".repeat(8)}`))).toMatchObject({ sentences: [{ tokens: ["a"] }] });
  expect(await readText(new Blob(["x"]))).toEqual({ text: "x", name: "", encoding: "utf-8" });
});

test("a URL is asked for by fetch as it is at the call", async () => {
  const fetch = serve(new Uint8Array([0x61, 0x0a, ...EUC_KR]));
  expect(await readLines("data/mine.txt?v=2")).toMatchObject({
    rows: [{ text: "a" }, { text: "가나" }],
    name: "mine.txt",
    encoding: "euc-kr",
  });
  expect(fetch.mock.calls).toEqual([["data/mine.txt?v=2"]]);
  const sides = await readParallel({ en: new URL("https://x.example/a.en"), ko: new Blob(["가\n나"]) });
  expect(sides.rows).toEqual([
    { en: "a", ko: "가" },
    { en: "가나", ko: "나" },
  ]);
});

test("bytes that were lost are reported by line", async () => {
  const { rows, repaired } = await readTsv(new Blob(["a\tb\n1\t", new Uint8Array([0xff]), "2\n"]));
  expect(rows).toEqual([{ a: "1", b: "\ufffd2" }]);
  expect(repaired.map(({ line }) => line)).toEqual([2]);
});

test("no file, a text for a URL, a missing file and a file that is no text are told by the reader's name", async () => {
  await expect(readCsv(null as unknown as Blob)).rejects.toThrow(
    /readCsv: There is no file.*await readDataset/,
  );
  await expect(readCsv(7 as unknown as Blob)).rejects.toThrow(/readCsv: The source is of type number/);
  await expect(readCsv("a,b\n1,2")).rejects.toThrow(/readCsv: .*Give the text itself to `parseCsv`/);
  await expect(readText("a\tb")).rejects.toThrow(/readText: .*use it as it is/);
  await expect(readTsv(new File(["PK\u0003\u0004"], "a.xlsx"))).rejects.toThrow(
    /readTsv: The file a\.xlsx is an archive.*Excel.*CSV/,
  );
  serve("", 404);
  await expect(readTsv("data/no.tsv")).rejects.toThrow(/readTsv: data\/no\.tsv was answered with status 404/);
});
