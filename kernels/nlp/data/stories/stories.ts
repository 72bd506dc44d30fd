import { checkInteger, checkOneOf } from "../../arguments.ts";
import { createRandom } from "../../random.ts";
import type { DataCard, Language } from "../emotion.ts";
import { ask, tellStory } from "./world.ts";

export interface CreateStoriesOptions {
  readonly language: Language;
  /** Default 0. The same seed tells the same stories in both languages. */
  readonly seed?: number;
  /** Stories in all, 100 to 20,000: 80 % train, 5 % dev, 15 % test. Default 2,000. */
  readonly size?: number;
}

export interface Story {
  /** Two to six sentences. */
  readonly story: string;
  readonly question: string;
  /** One word. */
  readonly answer: string;
}

export interface Stories {
  readonly train: readonly Story[];
  readonly dev: readonly Story[];
  readonly test: readonly Story[];
  /** Every answer there is, sorted. */
  readonly answers: readonly string[];
  readonly card: DataCard;
}

/**
 * Short stories, each with a question that it answers in one word:
 *
 *     Minsu went to the kitchen. Minsu picked up the apple. Minsu went to the park.
 *     Where is the apple?  park
 *
 * Four people go about between six places, take things, hand them on and put them down. Some questions are answered by one
 * sentence, others need two or three. No story comes twice. The kind of task is that of J. Weston et al., "Towards
 * AI-Complete Question Answering", 2015; the stories are this course's own.
 *
 * @ko 짧은 이야기와, 이야기를 읽어야 한 낱말로 답할 수 있는 질문을 만듭니다.
 * @example
 * const { train, answers } = createStories({ language: "en", seed: 1 });
 * train[0].question; // "Who has the book?", for instance
 */
export function createStories(options: CreateStoriesOptions): Stories {
  const where = "createStories";
  const { language, seed = 0, size = 2000 } = options;
  checkOneOf(language, { where, what: "language", allowed: ["ko", "en"] });
  checkInteger(size, { where, what: "size", min: 100, max: 20_000 });
  const random = createRandom(seed);
  const told = new Set<string>();
  const stories: Story[] = [];
  while (stories.length < size) {
    const world = tellStory(random, 2 + random.integer(5));
    const { question, answer } = ask(world, random);
    const story = world.sentences.map((sentence) => sentence[language]).join(" ");
    if (told.has(story)) continue;
    told.add(story);
    stories.push({ story, question: question[language], answer: answer[language] });
  }
  const test = Math.round(0.15 * size);
  const dev = Math.round(0.05 * size);
  const train = size - test - dev;
  return {
    train: stories.slice(0, train),
    dev: stories.slice(train, train + dev),
    test: stories.slice(train + dev),
    answers: [...new Set(stories.map(({ answer }) => answer))].sort(),
    card: {
      name: { en: "Stories", ko: "이야기" },
      origin: { en: "Told by this course's code.", ko: "이 강의의 코드로 지었습니다." },
      licence: "CC BY 4.0",
      language,
      size,
      splits: { train, dev, test },
      knownFlaws: {
        en: "Four kinds of sentence and four kinds of question: a model that answers them all cannot read. Yes and no are guessed right half the time.",
        ko: "문장도 질문도 네 가지 틀뿐이라 모두 맞히는 모델도 글을 읽을 줄 아는 것은 아닙니다. 예와 아니요는 찍어도 절반은 맞습니다.",
      },
    },
  };
}
