import { createPhrasebook, type Phrasebook } from "gongbu/data";
import { hasTail } from "gongbu/text";
import { describe, expect, test } from "vitest";
import { NOUNS, type Noun } from "../../../../../kernels/nlp/data/phrasebook/nouns.ts";
import { PEOPLE, type Person } from "../../../../../kernels/nlp/data/phrasebook/people.ts";
import { VERBS, type Verb } from "../../../../../kernels/nlp/data/phrasebook/verbs.ts";

const fromKorean = createPhrasebook({ from: "ko", to: "en" });
const fromEnglish = createPhrasebook({ from: "en", to: "ko", politeness: ["polite", "formal", "casual"] });
const all = ({ train, dev, test }: Phrasebook) => [...train, ...dev, ...test];
const korean = all(fromKorean).map(({ source }) => source);
const english = all(fromKorean).map(({ target }) => target);

describe.each([
  ["ko to en", fromKorean],
  ["en to ko", fromEnglish],
])("the phrasebook, %s", (_, book) => {
  test("has 8,500, 500 and 1,000 pairs and no source twice", () => {
    expect([book.train.length, book.dev.length, book.test.length]).toEqual([8500, 500, 1000]);
    expect(book.card).toMatchObject({ size: 10_000, splits: { train: 8500, dev: 500, test: 1000 } });
    expect(new Set(all(book).map(({ source }) => source)).size).toBe(10_000);
  });

  test("every word of dev and test occurs in training", () => {
    for (const side of ["source", "target"] as const) {
      const known = new Set(book.train.flatMap((pair) => pair[side].split(" ")));
      const words = [...book.dev, ...book.test].flatMap((pair) => pair[side].split(" "));
      expect(words.filter((word) => !known.has(word))).toEqual([]);
    }
  });

  test("no training sentence has somebody do what is held out of him or her, and some of the test do", () => {
    const sideEnglish = (pair: { source: string; target: string }) =>
      (book === fromKorean ? pair.target : pair.source).replace(/^\[\w+\] /, "");
    const doing = (pairs: Phrasebook["train"], combination: string) => {
      const [who, does] = combination.split(" × ");
      const person: Person | undefined = PEOPLE[who as keyof typeof PEOPLE];
      const verb: Verb | undefined = VERBS[does as keyof typeof VERBS];
      // wear, take and play are English words of several of the verbs.
      if (!person || !verb || /wear|take|play|photo/i.test(does)) return [];
      const name = person.en[0].toUpperCase() + person.en.slice(1);
      const [base, past, before = ""] = verb.en;
      const did = new RegExp(`^${name} .*\\b(${base}(e?s)?|${base.slice(0, -1)}ies|${past})\\b ?${before}`);
      return pairs.map(sideEnglish).filter((text) => did.test(text));
    };
    const { dev, test } = book.heldOut;
    expect([...dev, ...test].flatMap((combination) => doing(book.train, combination))).toEqual([]);
    expect(test.flatMap((combination) => doing(book.test, combination)).length).toBeGreaterThan(50);
  });
});

test("the same seed gives the same book, another seed another one", () => {
  const small = { from: "ko", to: "en", size: 300 } as const;
  expect(createPhrasebook({ ...small, seed: 4 })).toEqual(createPhrasebook({ ...small, seed: 4 }));
  expect(createPhrasebook({ ...small, seed: 4 }).train).not.toEqual(
    createPhrasebook({ ...small, seed: 5 }).train,
  );
  expect(createPhrasebook({ ...small, seed: 4 }).card.splits).toEqual({ train: 255, dev: 15, test: 30 });
});

test("from Korean the levels of politeness fall together; into Korean they are marked", () => {
  for (const source of korean) expect(source).toMatch(/(요|니다|니까|[가-힣])[.?]$/);
  for (const level of ["polite", "formal", "casual"] as const) {
    const { train } = createPhrasebook({ from: "ko", to: "en", size: 300, politeness: [level] });
    for (const { source } of train) {
      const found = /요[.?]$/.test(source) ? "polite" : /니[다까][.?]$/.test(source) ? "formal" : "casual";
      expect(found).toBe(level);
    }
  }
  for (const { source, target } of all(fromEnglish)) {
    const mark = /^\[(formal|casual)\] /.exec(source)?.[1] ?? "polite";
    expect(/요[.?]$/.test(target)).toBe(mark === "polite");
    expect(/니[다까][.?]$/.test(target)).toBe(mark === "formal");
  }
  for (const { source, target } of createPhrasebook({ from: "en", to: "ko", size: 300 }).train) {
    expect(source).not.toContain("[");
    expect(target).toMatch(/요[.?]$/);
  }
});

test("at one level of politeness a sentence has one translation, both ways", () => {
  const pairs = all(createPhrasebook({ from: "ko", to: "en", politeness: ["polite"] }));
  expect(new Set(pairs.map(({ target }) => target)).size).toBe(pairs.length);
  const back = all(createPhrasebook({ from: "en", to: "ko" }));
  expect(new Set(back.map(({ target }) => target)).size).toBe(back.length);
});

test("every particle agrees with the consonant or vowel before it", () => {
  const words = [...Object.values(PEOPLE), ...Object.values<Noun>(NOUNS)].flatMap((word) => {
    const { ko, counter } = word as Noun;
    return counter ? [ko, counter] : [ko];
  });
  const nouns = new Set([...words.map((ko) => ko.split(" ").at(-1)!), "나", "비", "눈", "다리", "머리"]);
  let seen = 0;
  for (const sentence of korean)
    for (const word of sentence.replace(/[.?]/g, "").split(" ")) {
      const [, noun, particle] = /^(.+?)(은|는|이|가|을|를|과|와|이랑|랑|으로|로)$/.exec(word) ?? [];
      if (noun === undefined || !nouns.has(noun)) continue;
      seen += 1;
      const last = noun[noun.length - 1];
      const closed = hasTail(last) && !(last === "철" && particle === "로");
      expect(["은", "이", "을", "과", "이랑", "으로"].includes(particle), word).toBe(closed);
    }
  expect(seen).toBeGreaterThan(10_000);
});

test("English verbs agree with their subjects, and articles with their nouns", () => {
  const bases = Object.values<Verb>(VERBS).map(({ en }) => en[0]);
  const third =
    "Minsu|Jina|Sujin|Mom|Dad|Grandma|Grandpa|My brother|My sister|My friend|The teacher|The student";
  const after = new RegExp(
    `^(${third}) (${bases.filter((base) => base !== "read").join("|")}|have|want|do|are|am)\\b`,
  );
  const plural = new RegExp(
    `^(I|We|The children) (${bases.map((base) => `${base}e?s`).join("|")}|has|wants|is|does)\\b`,
  );
  const main = new Set([...bases, "want", "have", "hurt", "rain", "snow", "be", "often"]);
  for (const text of english) {
    expect(text).toMatch(/^[A-Z][A-Za-z' ]+[.?]$/);
    expect(text).not.toMatch(after);
    expect(text).not.toMatch(plural);
    expect(text).not.toMatch(/\ba [aeiou]|\ban [^aeiou]| {2}|\b(\w+) \1\b/);
    const verb = /\b(?:don't|doesn't|didn't|won't|can't|couldn't|will|can|could) (\w+)/.exec(text)?.[1];
    if (verb !== undefined && !text.endsWith("?")) expect(main, text).toContain(verb);
  }
  expect(english.filter((text) => / (an apple|an umbrella)\b/.test(text)).length).toBeGreaterThan(10);
});

test("배, 눈, 다리 and 차 mean by their sentences what they mean", () => {
  const meanings = (word: RegExp, ...targets: RegExp[]) =>
    targets.map(
      (target) => all(fromKorean).filter((pair) => word.test(pair.source) && target.test(pair.target)).length,
    );
  for (const count of meanings(/(^| )배[가를로는 ]/, /\bpears?\b/, /\bboats?\b/, /\bstomach\b/, /\bhungry\b/))
    expect(count).toBeGreaterThan(5);
  for (const count of meanings(/(^| )눈이/, /\beyes\b/, /\bsnow/)) expect(count).toBeGreaterThan(5);
  for (const count of meanings(/(^| )다리[가를]/, /\blegs\b/, /\bbridge\b/)) expect(count).toBeGreaterThan(5);
  for (const count of meanings(/(^| )차[를로 ]/, /\btea\b/, /\bcar\b/)) expect(count).toBeGreaterThan(5);
});

test("wrong languages, sizes and levels are told", () => {
  expect(() => createPhrasebook({ from: "fr" as "ko", to: "en" })).toThrow(/`from` is "fr"/);
  expect(() => createPhrasebook({ from: "ko", to: "ko" })).toThrow(/`to` is "ko".*"en"/);
  expect(() => createPhrasebook({ from: "ko", to: "en", size: 10 })).toThrow(/`size` is 10/);
  expect(() => createPhrasebook({ from: "ko", to: "en", politeness: [] })).toThrow(/`politeness` is empty/);
  expect(() => createPhrasebook({ from: "ko", to: "en", politeness: ["rude" as "casual"] })).toThrow(
    /"rude"/,
  );
});
