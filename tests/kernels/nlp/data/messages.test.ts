import { loadMessages } from "gongbu/data";
import { afterEach, expect, test, vi } from "vitest";

const FILES: Record<string, string> = {
  "data/messages/messages.en.tsv":
    "code\tsplit\ttext\n1\ttrain\tA '{0}'.\n2\ttest\tB \"x\".\n3\tdev\tC.\n4\ttrain\tD.\n",
  "data/messages/messages.ko.tsv":
    "code\tsplit\ttext\n1\ttrain\t'{0}' 가.\n3\tdev\t다.\n2\ttest\t\"x\" 나.\n",
};

afterEach(() => vi.unstubAllGlobals());

test("texts are paired by their numbers, and a message without a translation is left out", async () => {
  const fetch = vi.fn((url: string) => Promise.resolve(new Response(FILES[url])));
  vi.stubGlobal("fetch", fetch);
  const messages = await loadMessages({ from: "ko", to: "en" });
  expect(fetch.mock.calls.flat().sort()).toEqual(Object.keys(FILES));
  expect(messages.train).toEqual([{ source: "'{0}' 가.", target: "A '{0}'." }]);
  expect(messages.dev).toEqual([{ source: "다.", target: "C." }]);
  expect(messages.test).toEqual([{ source: '"x" 나.', target: 'B "x".' }]);
  expect(messages.card).toMatchObject({ licence: "Apache-2.0", from: "ko", to: "en", size: 3 });
  expect((await loadMessages({ from: "en", to: "ko" })).train).toEqual([
    { source: "A '{0}'.", target: "'{0}' 가." },
  ]);
});

test("a file that is not there and languages that are none or the same are told", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 404 })));
  await expect(loadMessages({ from: "en", to: "ja" })).rejects.toThrow(
    /loadMessages: data\/messages\/messages\.en\.tsv.*404.*notebooks\/data\/messages/,
  );
  await expect(loadMessages({ from: "xx" as "en", to: "ko" })).rejects.toThrow(/`from` is "xx".*"pt-br"/);
  await expect(loadMessages({ from: "ko", to: "ko" })).rejects.toThrow(/`to` is "ko"/);
});
