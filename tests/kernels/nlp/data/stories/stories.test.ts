import { createStories, type Story } from "gongbu/data";
import { hasTail } from "gongbu/text";
import { expect, test } from "vitest";

const english = createStories({ language: "en" });
const korean = createStories({ language: "ko" });
const all = ({ train, dev, test }: typeof english) => [...train, ...dev, ...test];

/** Reads an English story by itself and answers its question. */
function answer({ story, question }: Story): string | undefined {
  const at = new Map<string, string>();
  const held = new Map<string, string>();
  const lies = new Map<string, string>();
  for (const sentence of story.split(/(?<=\.) /)) {
    const words = sentence.slice(0, -1).split(" ");
    const [who, verb] = words;
    const thing = words[3];
    if (verb === "went") at.set(who, words[4]);
    if (verb === "picked") {
      // What was put down is picked up where it lies.
      if (lies.has(words[4])) expect(lies.get(words[4])).toBe(at.get(who));
      expect(at.has(who) && !held.has(words[4])).toBe(true);
      held.set(words[4], who);
      lies.delete(words[4]);
    }
    if (verb === "put") {
      expect(held.get(words[4])).toBe(who);
      held.delete(words[4]);
      lies.set(words[4], at.get(who)!);
    }
    if (verb === "gave") {
      expect([held.get(thing), at.get(words[5])]).toEqual([who, at.get(who)]);
      held.set(thing, words[5]);
    }
  }
  const asked = question.slice(0, -1).split(" ");
  if (asked[0] === "Who") return held.get(asked[3]);
  if (asked[0] === "Is") return at.get(asked[1]) === asked[4] ? "yes" : "no";
  const what = asked.at(-1)!;
  return at.get(what) ?? lies.get(what) ?? at.get(held.get(what)!);
}

test("every story holds together and answers its question", () => {
  for (const story of all(english))
    expect(answer(story), `${story.story} ${story.question}`).toBe(story.answer);
});

test("each kind of question is asked, and yes is as frequent as no", () => {
  const answers = (start: RegExp) => all(english).filter(({ question }) => start.test(question));
  for (const start of [/^Where is [A-Z]/, /^Where is the/, /^Who has/, /^Is /])
    expect(answers(start).length).toBeGreaterThan(150);
  const yes = answers(/^Is /).filter((story) => story.answer === "yes").length / answers(/^Is /).length;
  expect(Math.abs(yes - 0.5)).toBeLessThan(0.06);
});

test("the same seed tells the same stories in both languages", () => {
  const names: Record<string, string> = {
    Minsu: "민수",
    Jina: "지나",
    Sujin: "수진",
    Junho: "준호",
    yes: "예",
    no: "아니요",
  };
  all(english).forEach(({ story, answer }, index) => {
    const other = all(korean)[index];
    expect(other.story.split(". ").length).toBe(story.split(". ").length);
    expect(other.story.startsWith(names[story.split(" ")[0]])).toBe(true);
    if (names[answer]) expect(other.answer).toBe(names[answer]);
  });
  expect(createStories({ language: "ko", size: 100 })).toEqual(createStories({ language: "ko", size: 100 }));
  expect(createStories({ language: "ko", seed: 1 }).train).not.toEqual(korean.train);
  expect([english.answers.length, korean.answers.length]).toEqual([12, 12]);
});

test("no story comes twice, and the splits have their shares", () => {
  expect(new Set(all(korean).map(({ story }) => story)).size).toBe(2000);
  expect([korean.train.length, korean.dev.length, korean.test.length]).toEqual([1600, 100, 300]);
  expect(korean.card.splits).toEqual({ train: 1600, dev: 100, test: 300 });
});

test("Korean particles agree with the syllable before them", () => {
  for (const { story, question } of all(korean))
    for (const [, noun, particle] of `${story} ${question}`.matchAll(
      /(?<= |^)([가-힣]+?)(은|는|을|를|으로|로)(?= )/g,
    )) {
      if (noun === "가지고") continue;
      const closed = hasTail(noun.at(-1)!) && !(noun === "사무실" && particle === "로");
      expect(["은", "을", "으로"].includes(particle), noun + particle).toBe(closed);
    }
});

test("a wrong language and a wrong size are told", () => {
  expect(() => createStories({ language: "fr" as "en" })).toThrow(/createStories: `language` is "fr"/);
  expect(() => createStories({ language: "en", size: 3 })).toThrow(/`size` is 3/);
});
