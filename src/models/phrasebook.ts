/** Translates the phrasebook's sentences: a Transformer of one layer on each side, one vocabulary for both languages. */
import { copyNearest, createPhrasebook, type Language, type Pair } from "../../kernels/nlp/data/index.ts";
import { generateText } from "../../kernels/nlp/decode/index.ts";
import { bleuCounts, bleuOfCounts, bootstrapInterval } from "../../kernels/nlp/metrics/index.ts";
import { toDecoder, TransformerSeq2Seq } from "../../kernels/nlp/nn/index.ts";
import { trainBPE } from "../../kernels/nlp/text/index.ts";
import { fit, toSeq2SeqInput, toTokenTargets } from "../../kernels/nlp/train/index.ts";
import { finish, SEED, SETTING } from "./learn.ts";
import type { Recipe } from "./recipe.ts";

const LANGUAGE_NAMES = { ko: "Korean", en: "English" } as const;
/** How many sentences go through the model at once. */
const BATCH = 100;

export function createPhrasebookRecipe(from: Language): Recipe {
  const to = from === "ko" ? "en" : "ko";
  return {
    name: `phrasebook-${from}-${to}`,
    task: "translation",
    async train({ small = false } = {}) {
      const [size, vocabSize, epochs, lr] = [small ? 400 : 16_000, 1200, small ? 1 : 8, 0.003];
      const book = createPhrasebook({ from, to, size });
      const tokenizer = trainBPE(
        book.train.flatMap(({ source, target }) => [source, target]),
        { vocabSize, template: "sequence" },
      );
      const [bosTokenId, eosTokenId] = [tokenizer.bosTokenId as number, tokenizer.eosTokenId as number];
      const model = new TransformerSeq2Seq({
        vocabSize: tokenizer.vocabSize,
        bosTokenId,
        eosTokenId,
        padTokenId: tokenizer.padTokenId,
        hiddenSize: 64,
        dimFeedforward: 128,
        numLayers: 1,
        maxLength: 64,
        seed: SEED,
      });
      const examples = book.train.map(({ source, target }) => ({
        source: tokenizer.encode(source).ids,
        target: [...tokenizer.encode(target, { addSpecialTokens: false }).ids, eosTokenId],
      }));
      await finish(
        fit(
          model,
          { inputs: examples, targets: examples.map(({ target }) => target) },
          {
            ...SETTING,
            epochs,
            lr,
            toInput: (batch) => toSeq2SeqInput(batch, { bosTokenId }),
            toTarget: toTokenTargets,
            lengthOf: ({ source, target }) => source.length + target.length,
          },
        ),
      );
      model.eval();

      const test = small ? book.test.slice(0, 10) : book.test;
      const decoder = toDecoder(model);
      const translations: string[] = [];
      for (let start = 0; start < test.length; start += BATCH) {
        const sources = test.slice(start, start + BATCH).map(({ source }) => source);
        const { texts } = await generateText(decoder, sources, { tokenizer, maxNewTokens: 40 });
        translations.push(...texts);
      }
      const copied = copyNearest(
        book.train,
        test.map(({ source }) => source),
      );
      const exact = test.filter(({ target }, row) => target === translations[row]).length / test.length;
      return {
        model,
        tokenizer,
        metric: {
          name: "BLEU",
          score: bleuOf(translations, test),
          baseline: {
            name: "the translation of the most similar training sentence",
            score: bleuOf(
              copied.map(({ target }) => target),
              test,
            ),
          },
          sentences: test.length,
          digits: 1,
        },
        card: {
          description: `Translates everyday sentences from ${LANGUAGE_NAMES[from]} into ${LANGUAGE_NAMES[to]}${from === "ko" ? ", whichever of the three levels of politeness they are in" : ", into 해요체"}. A Transformer with one layer on each side. Chosen greedily, ${(100 * exact).toFixed(0)} % of the test translations are the reference word for word.`,
          data: `${size} sentence pairs of the course's phrasebook (\`createPhrasebook\`), which a grammar makes: ${book.train.length} for training, ${book.dev.length} on which the settings were chosen, ${book.test.length} for the test. Each test sentence has a combination of words that no training sentence has.`,
          languages: [from, to],
          limits: `${book.card.knownFlaws.en} Outside the phrasebook's few hundred words it writes something that looks like a translation and is none.`,
          training: { epochs, "batch size": SETTING.batchSize, "learning rate": lr, seed: SEED },
          use: USE,
        },
      };
    },
  };
}

const USE = `const { texts } = await generateText(toDecoder(model), ["…"], { tokenizer })`;

function bleuOf(texts: readonly string[], pairs: readonly Pair[]) {
  return bootstrapInterval(
    texts.map((text, row) => bleuCounts(text, pairs[row].target)),
    { statistic: (drawn) => bleuOfCounts(drawn).score, seed: SEED },
  );
}
