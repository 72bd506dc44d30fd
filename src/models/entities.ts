/**
 * Persons, places, organizations and dates in a Korean sentence. It reads characters, not words: a particle follows most
 * names without a blank, and only so does the answer end where the name ends.
 */
import {
  allowedTransitions,
  createLabelMap,
  labelsToSpans,
  loadEntities,
  spansToLabels,
  toTextSpans,
  toWordSpans,
  type EntitySentence,
  type Span,
} from "../../kernels/nlp/data/index.ts";
import { bootstrapInterval, entityScores } from "../../kernels/nlp/metrics/index.ts";
import { SequenceLabeller } from "../../kernels/nlp/nn/index.ts";
import { createRandom, type Random } from "../../kernels/nlp/random.ts";
import { hasTail, isSyllable, trainWordLevel, type Tokenizer } from "../../kernels/nlp/text/index.ts";
import { fit, toTokenInput, toTokenTargets } from "../../kernels/nlp/train/index.ts";
import { finish, SEED, SETTING } from "./learn.ts";
import type { Recipe } from "./recipe.ts";

type Marked = Pick<EntitySentence, "text" | "spans">;

/** [CLS] and [SEP] carry no label. */
const NO_LABEL = -100;
const SCHEME = { scheme: "BIO" } as const;

export const nerKo: Recipe = {
  name: "ner-ko",
  task: "token-classification",
  async train({ small = false } = {}) {
    const data = await loadEntities({ language: "ko" });
    const [copies, epochs, lr] = small ? [1, 1, 0.005] : [10, 6, 0.005];
    const [swapped, unknown] = [0.7, 0.1];
    const [embeddingSize, hiddenSize, dropout] = [48, 64, 0.4];
    const tokenizer = trainWordLevel(
      data.train.map(({ text }) => text),
      { split: "characters" },
    );
    const labels = data.labelNames;
    const model = new SequenceLabeller({
      vocabSize: tokenizer.vocabSize,
      classes: labels.length,
      crf: true,
      constraints: allowedTransitions(labels, SCHEME),
      embeddingSize,
      hiddenSize,
      dropout,
      padTokenId: tokenizer.padTokenId,
      seed: SEED,
    });

    const random = createRandom(SEED);
    const swap = createSwap(data.train, random);
    const examples = Array.from({ length: copies }, (_, copy) =>
      data.train.map((sentence) => {
        const { ids, targets } = toExample(copy === 0 ? sentence : swap(sentence, swapped), {
          tokenizer,
          labels,
        });
        // Names of the test hold characters that no training sentence has; so that the rest of the word decides then.
        const drops = (id: number) =>
          copy > 0 && tokenizer.idToToken(id).length === 1 && random.uniform() < unknown;
        return { ids: ids.map((id) => (drops(id) ? (tokenizer.unkTokenId as number) : id)), targets };
      }),
    ).flat();
    await finish(
      fit(
        model,
        { inputs: examples.map(({ ids }) => ids), targets: examples.map(({ targets }) => targets) },
        {
          ...SETTING,
          epochs,
          lr,
          toInput: toTokenInput,
          toTarget: toTokenTargets,
          lengthOf: ({ length }) => length,
        },
      ),
    );
    model.eval();

    const { test } = data;
    const score = (found: readonly (readonly Span[])[]) =>
      bootstrapInterval(
        test.map(({ spans }, row) => [spans, found[row]] as const),
        {
          seed: SEED,
          statistic: (drawn) =>
            entityScores(
              drawn.map(([gold]) => gold),
              drawn.map(([, predicted]) => predicted),
            ).micro.f1,
        },
      );
    const texts = test.map(({ text }) => text);
    return {
      model,
      tokenizer,
      labels,
      metric: {
        name: "entity F1",
        score: score(findEntities(model, texts, { tokenizer, labels })),
        baseline: {
          name: "the longest name known from the training sentences",
          score: score(texts.map(createNameList(data.train))),
        },
        sentences: test.length,
        digits: 3,
      },
      card: {
        description:
          "Marks persons (PER), places (LOC), organizations (ORG) and dates (DATE) in Korean sentences, to the character: of 서울에서 only 서울. An LSTM reads the characters from both ends; a CRF chooses the labels.",
        data: `The ${data.card.size} sentences of notebooks/data/entities/entities.ko.txt, written for the course: ${data.train.length} for training, ${data.dev.length} on which the settings were chosen, ${test.length} for the test. For training each sentence stands ${copies} times, names in the copies exchanged for others of their type.`,
        languages: ["ko"],
        limits: `${data.card.knownFlaws.en} A name that the training sentences do not have is often missed.`,
        training: {
          epochs,
          "batch size": SETTING.batchSize,
          "learning rate": lr,
          dropout,
          "copies of a sentence": copies,
          "names exchanged": swapped,
          "characters made unknown": unknown,
          seed: SEED,
        },
        use: USE,
      },
    };
  },
};

const USE = `const encoding = tokenizer.encode("…")
const [ids] = model.predict(toTokenInput([encoding])) // a label for each character, in [CLS] and [SEP]
ids.map((id, i) => [encoding.tokens[i], labels[id]])`;

/** The characters' ids, and a label's id for each. */
function toExample(
  { text, spans }: Marked,
  { tokenizer, labels }: { readonly tokenizer: Tokenizer; readonly labels: readonly string[] },
): { readonly ids: readonly number[]; readonly targets: readonly number[] } {
  const { ids, offsets } = tokenizer.encode(text);
  const places = offsets.slice(1, -1);
  const names = spansToLabels(toWordSpans(spans, { offsets: places }).spans, {
    length: places.length,
    ...SCHEME,
  });
  return { ids, targets: [NO_LABEL, ...createLabelMap(labels).encode(names), NO_LABEL] };
}

function findEntities(
  model: SequenceLabeller,
  texts: readonly string[],
  { tokenizer, labels }: { readonly tokenizer: Tokenizer; readonly labels: readonly string[] },
): Span[][] {
  const encodings = texts.map((text) => tokenizer.encode(text));
  const longest = Math.max(...encodings.map(({ ids }) => ids.length));
  const labelMask = encodings.map(({ wordIds }) =>
    Array.from({ length: longest }, (_, place) => Number((wordIds[place] ?? null) !== null)),
  );
  const input = toTokenInput(encodings);
  const predicted = model.predict(input, { labelMask });
  for (const tensor of Object.values(input)) (tensor as { dispose(): void }).dispose();
  return encodings.map(({ offsets }, row) => {
    const places = offsets.slice(1, -1);
    const names = predicted[row].slice(1, 1 + places.length).map((id) => labels[id]);
    return toTextSpans(labelsToSpans(names, SCHEME), { offsets: places });
  });
}

/**
 * The same sentence about others: some of its names in the place of others of the type. A name that ends in a consonant is
 * followed by other particles (은, 이, 을) than one that ends in a vowel (는, 가, 를), so only the like is taken.
 */
function createSwap(
  sentences: readonly Marked[],
  random: Random,
): (sentence: Marked, share: number) => Marked {
  const kindOf = (name: string, label: string) => {
    const last = [...name].at(-1)!;
    return `${label} ${isSyllable(last) && hasTail(last)}`;
  };
  const names = new Map<string, string[]>();
  for (const { text, spans } of sentences)
    for (const { start, end, label } of spans) {
      const name = text.slice(start, end);
      const kind = kindOf(name, label);
      names.set(kind, [...(names.get(kind) ?? []), name]);
    }
  return ({ text, spans }, share) => {
    let done = 0;
    let made = "";
    const moved = spans.map(({ start, end, label }) => {
      const own = text.slice(start, end);
      const others = names.get(kindOf(own, label)) ?? [own];
      const name = random.uniform() < share ? others[random.integer(others.length)] : own;
      made += text.slice(done, start) + name;
      done = end;
      return { start: made.length - name.length, end: made.length, label };
    });
    return { text: made + text.slice(done), spans: moved };
  };
}

/** Marks the longest names of the training sentences wherever they stand, under the type that they have most often. */
function createNameList(sentences: readonly Marked[]): (text: string) => Span[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { text, spans } of sentences)
    for (const { start, end, label } of spans) {
      const name = text.slice(start, end);
      const own = counts.get(name) ?? new Map<string, number>();
      counts.set(name, own.set(label, (own.get(label) ?? 0) + 1));
    }
  const known = [...counts]
    .map(([name, own]) => ({ name, label: [...own].sort(([, a], [, b]) => b - a)[0][0] }))
    .sort((a, b) => b.name.length - a.name.length);
  return (text) => {
    const found: Span[] = [];
    for (let start = 0; start < text.length; start++) {
      const match = known.find(({ name }) => text.startsWith(name, start));
      if (!match) continue;
      found.push({ start, end: start + match.name.length, label: match.label });
      start += match.name.length - 1;
    }
    return found;
  };
}
