/** A checkpoint of the library as a model that can be served. It computes on the thread on which it is opened. */
import * as tf from "@tensorflow/tfjs";
import { labelsToSpans, type SchemeName } from "../../../kernels/nlp/data/index.ts";
import { generateStream, type GeneratedOutput } from "../../../kernels/nlp/decode/index.ts";
import {
  CausalLanguageModel,
  EmbeddingClassifier,
  EncoderClassifier,
  RecurrentSeq2Seq,
  SequenceLabeller,
  toDecoder,
  TransformerSeq2Seq,
} from "../../../kernels/nlp/nn/index.ts";
import type { Encoding, Tokenizer } from "../../../kernels/nlp/text/index.ts";
import { loadCheckpoint, toTokenInput, type CheckpointFiles } from "../../../kernels/nlp/train/index.ts";
import { ServiceError } from "../service-error.ts";
import type {
  Batch,
  Classified,
  Generated,
  Labelled,
  ModelDescription,
  Prediction,
  RunContext,
  ServedModel,
  Span,
  Task,
} from "./served-model.ts";

type Run = (batch: Batch, context: RunContext) => Promise<readonly Prediction[]>;

export function openCheckpoint(files: CheckpointFiles): ServedModel {
  const { model, tokenizer, labels } = loadCheckpoint(files);
  if (!tokenizer) throw unserved("It has no tokenizer.json: a text cannot be turned into ids.");
  const sizes = model.config as {
    readonly vocabSize?: number;
    readonly maxLength?: number;
    readonly classes?: number;
  };
  const { maxLength } = sizes;
  const names = labels ?? Array.from({ length: sizes.classes ?? 0 }, (_, id) => `LABEL_${id}`);
  const encode = (text: string) => tokenizer.encode(text, { maxLength });
  const served = (task: Task, run: Run): ServedModel => ({
    about: {
      task,
      modelType: model.config.modelType,
      ...(names.length > 0 && { labels: names }),
      parameters: model.parameterCount(),
      vocabSize: tokenizer.vocabSize,
      ...(maxLength !== undefined && { maxLength }),
    } satisfies ModelDescription,
    run,
    async close() {
      model.dispose();
    },
  });

  if (model instanceof EncoderClassifier || model instanceof EmbeddingClassifier)
    return served("classify", async (batch) => classify(model, { batch, names, encode }));
  if (model instanceof SequenceLabeller)
    return served("label", async (batch) => label(model, { batch, names, encode }, schemeOf(names)));
  if (model instanceof TransformerSeq2Seq || model instanceof RecurrentSeq2Seq)
    return served(
      "translate",
      createWriter(model, { tokenizer, maxLength, encode: (text) => encode(text).ids }),
    );
  if (model instanceof CausalLanguageModel) {
    // A prompt has no end: what closes a text is left out. It is not cut, for its end is what is written on from.
    const { eosTokenId, sepTokenId } = tokenizer;
    const open = (text: string) =>
      tokenizer.encode(text).ids.filter((id) => id !== eosTokenId && id !== sepTokenId);
    return served("generate", createWriter(model, { tokenizer, maxLength, encode: open }));
  }
  throw unserved(`A "${model.config.modelType}" is no model that answers texts.`);
}

interface Reading {
  readonly batch: Batch;
  readonly names: readonly string[];
  readonly encode: (text: string) => Encoding;
}

async function classify(
  model: EncoderClassifier | EmbeddingClassifier,
  { batch: { texts, options }, names, encode }: Reading,
): Promise<Classified[]> {
  const probabilities = tf.tidy(() =>
    tf.softmax((model as EncoderClassifier).forward(toTokenInput(texts.map(encode)))),
  );
  const rows = (await probabilities.array()) as number[][];
  probabilities.dispose();
  return rows.map((row) => {
    const scores = row.map((score, id) => ({ label: names[id], score })).sort((a, b) => b.score - a.score);
    return { ...scores[0], ...(options.scores && { scores }) };
  });
}

/** The scheme of all the model's labels; undefined where they are no spans' but the words' own, as parts of speech are. */
function schemeOf(names: readonly string[]): SchemeName | undefined {
  if (!names.every((name) => /^(?:O|[BIESLU]-.+)$/.test(name))) return undefined;
  return names.some((name) => /^[ESLU]-/.test(name)) ? "BIOES" : "BIO";
}

async function label(
  model: SequenceLabeller,
  { batch: { texts }, names, encode }: Reading,
  scheme: SchemeName | undefined,
): Promise<Labelled[]> {
  const encodings = texts.map(encode);
  const input = toTokenInput(encodings);
  const firstPieces = encodings.map(({ wordIds }) =>
    wordIds.map((word, place) => Number(word !== null && word !== wordIds[place - 1])),
  );
  const width = input.inputIds.shape[1] as number;
  const labelMask = firstPieces.map((row) => [...row, ...Array<number>(width - row.length).fill(0)]);
  const predicted = model.predict(input, { labelMask });
  const probabilities = model.probabilities(input, { labelMask });
  const scores = (await probabilities.array()) as number[][][];
  tf.dispose([probabilities, ...Object.values(input as unknown as Record<string, tf.Tensor>)]);
  return encodings.map((encoding, row) => {
    const words = wordsOf(encoding).map(({ first, start, end }) => {
      const id = predicted[row][first];
      return { label: names[id], score: scores[row][first][id], start, end };
    });
    return { spans: toSpans(encoding.text, words, scheme) };
  });
}

/** Of each word its first piece, and where it stands in the text. */
function wordsOf({ wordIds, offsets }: Encoding): { first: number; start: number; end: number }[] {
  const words: { first: number; start: number; end: number }[] = [];
  wordIds.forEach((word, place) => {
    if (word === null) return;
    const [start, end] = offsets[place];
    if (word !== wordIds[place - 1]) words.push({ first: place, start, end });
    else words[words.length - 1].end = end;
  });
  return words;
}

/** Entities where the labels are of a scheme such as BIO; else a span for each word. */
function toSpans(
  text: string,
  words: readonly {
    readonly label: string;
    readonly score: number;
    readonly start: number;
    readonly end: number;
  }[],
  scheme: SchemeName | undefined,
): Span[] {
  const spans = scheme
    ? labelsToSpans(
        words.map(({ label: name }) => name),
        { scheme },
      )
    : words.map(({ label: name }, place) => ({ start: place, end: place + 1, label: name }));
  return spans.map(({ start, end, label: name }) => {
    const own = words.slice(start, end);
    const [from, to] = [own[0].start, own[own.length - 1].end];
    const score = Math.min(...own.map((word) => word.score));
    return { start: from, end: to, text: text.slice(from, to), label: name, score };
  });
}

function createWriter(
  model: TransformerSeq2Seq | RecurrentSeq2Seq | CausalLanguageModel,
  {
    tokenizer,
    maxLength,
    encode,
  }: { tokenizer: Tokenizer; maxLength: number | undefined; encode: (text: string) => readonly number[] },
): Run {
  const decoder = toDecoder(model);
  return async ({ texts, options: { scores = false, generation = {} } }, { signal, onGrowth }) => {
    const sources = texts.map(encode);
    const empty = sources.findIndex((ids) => ids.length === 0);
    if (empty >= 0)
      throw new ServiceError("invalid-input", `Text ${empty} has no token that the model knows.`);
    const used = decoder.isEncoderDecoder ? 1 : Math.max(...sources.map(({ length }) => length));
    const room = (maxLength ?? Infinity) - used;
    if (room < 1)
      throw new ServiceError(
        "text-too-long",
        `The model has room for ${maxLength} tokens, the prompt takes ${used}.`,
      );
    const options = {
      ...generation,
      maxNewTokens: Math.min(generation.maxNewTokens ?? 64, room),
      padTokenId: tokenizer.padTokenId,
      signal,
    };
    let outputs: readonly GeneratedOutput[] = [];
    for await (const event of generateStream(decoder, sources, options)) {
      if (event.type === "token") {
        const { input: index, sequence, token, tokens } = event;
        onGrowth?.({
          type: "token",
          index,
          sequence,
          token: tokenizer.idToToken(token),
          text: tokenizer.decode(tokens),
        });
      } else if (event.type === "step") {
        if ((generation.numBeams ?? 1) === 1) continue;
        for (const { input: index, group, tokens } of event.live)
          if (group === 0) onGrowth?.({ type: "step", index, sequence: 0, text: tokenizer.decode(tokens) });
      } else outputs = event.outputs;
    }
    return outputs.map(({ hypotheses }): Generated => {
      const alternatives = hypotheses.map(({ tokens, score, logProbability }) => ({
        text: tokenizer.decode(tokens),
        ...(scores && { score, logProbability, tokens: tokens.map((id) => tokenizer.idToToken(id)) }),
      }));
      return { ...alternatives[0], ...((generation.numReturnSequences ?? 1) > 1 && { alternatives }) };
    });
  };
}

function unserved(why: string): ServiceError {
  return new ServiceError("wrong-checkpoint", why);
}
