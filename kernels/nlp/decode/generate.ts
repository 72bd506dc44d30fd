import type { Hypothesis } from "./hypothesis.ts";
import type { NextTokenModel } from "./model.ts";
import type { GenerateOptions } from "./options.ts";
import { BeamSearch } from "./search/beam-search.ts";
import { prepareRun, runSearches } from "./search/run.ts";
import { Sampling } from "./search/sampling.ts";
import type { Search, SearchResult } from "./search/search.ts";
import type { GenerateSettings } from "./settings.ts";
import type { SearchTrace, Stop, Strategy } from "./trace.ts";

/** What came out for one input. */
export interface GeneratedOutput {
  /** `numReturnSequences` of them, the best first; samples in order of their number. Fewer where fewer have ended. */
  readonly hypotheses: readonly Hypothesis[];
  /** Every hypothesis that ended on the way, by `id`: what `rerank` and `breakEvenLengthPenalty` work on. */
  readonly ended: readonly Hypothesis[];
  readonly stop: Stop;
  /** With `trace`. */
  readonly trace?: SearchTrace;
}

export interface Generation {
  /** One for each input. */
  readonly outputs: readonly GeneratedOutput[];
  /**
   * Prompt and generated tokens of all returned hypotheses, input by input, as Hugging Face's `generate` returns them:
   * filled up with `padTokenId` to one length (where there is a pad token).
   */
  readonly sequences: readonly (readonly number[])[];
  /** How many steps it took. */
  readonly steps: number;
}

/** A token was added for good. Only greedy search and sampling can say so before they end. */
export interface TokenEvent {
  readonly type: "token";
  readonly step: number;
  /** The place of the input, and the number of its sample. */
  readonly input: number;
  readonly sequence: number;
  readonly token: number;
  /** All that was generated so far, this token the last. */
  readonly tokens: readonly number[];
}

/** A step is done. */
export interface StepEvent {
  readonly type: "step";
  readonly step: number;
  /** What goes on: for each input its beams or samples, the best beam of a group first. */
  readonly live: readonly LiveOutput[];
  /** The inputs whose search has ended. */
  readonly done: readonly number[];
}

export interface LiveOutput {
  readonly input: number;
  /** The beam group, or the number of the sample. */
  readonly group: number;
  readonly tokens: readonly number[];
  /** Σ of the scores after the rules. */
  readonly total: number;
}

/** The last event: everything that was found. */
export interface FinishedEvent extends Generation {
  readonly type: "finished";
}

export type GenerateEvent = TokenEvent | StepEvent | FinishedEvent;

/**
 * Lets a model write: token by token, by greedy search, sampling, beam search or what lies between, with the options, their
 * meanings and their defaults of Hugging Face's `generate` (transformers 5.18). Several inputs are taken through the
 * model together; what comes out for each is what it gives alone.
 *
 *     numBeams 1                        greedy search: always the best token
 *     numBeams 1, doSample              a draw from softmax(logits), after temperature, top-k and top-p
 *     numBeams k                        beam search: the k best beginnings at each step
 *     numBeams k, doSample              beam search among candidates that are drawn
 *     numBeams k, numBeamGroups g       diverse beam search
 *
 * Between steps it gives way to whatever waits. A step is one call of the model for all rows of all inputs.
 *
 * @ko 모델이 글을 쓰게 합니다. 그리디, 빔 탐색, 샘플링을 Hugging Face와 같은 옵션으로 고릅니다.
 * @example
 * const { outputs } = await generate(model, [tokenizer.encode("the cat")], { numBeams: 4, lengthPenalty: 0.8 });
 * tokenizer.decode(outputs[0].hypotheses[0].tokens);
 */
export async function generate<Input, State>(
  model: NextTokenModel<Input, State>,
  inputs: readonly Input[],
  options: GenerateOptions = {},
): Promise<Generation> {
  let last: GenerateEvent | undefined;
  for await (const event of generateStream(model, inputs, options)) last = event;
  const { type: _, ...generation } = last as FinishedEvent;
  return generation;
}

/**
 * The same, and it tells how it goes: an async generator that yields each token that is settled, the end of each step, and
 * at last what `generate` returns. It can be left at any step (`break`, an aborted signal); the model's state is freed then.
 *
 * @ko `generate`와 같되, 토큰이 정해질 때마다 하나씩 내보냅니다.
 * @example
 * for await (const event of generateStream(model, inputs, { maxNewTokens: 50 })) {
 *   if (event.type === "token") console.log(tokenizer.decode(event.tokens));
 * }
 */
export async function* generateStream<Input, State>(
  model: NextTokenModel<Input, State>,
  inputs: readonly Input[],
  options: GenerateOptions = {},
): AsyncGenerator<GenerateEvent, void, undefined> {
  const run = prepareRun(model, inputs, { options, where: "generate" });
  const isBeamSearch = run.settings.numBeams > 1;
  const searches = run.specs.map((spec) => (isBeamSearch ? new BeamSearch(spec) : new Sampling(spec)));
  let steps = 0;
  for await (const step of runSearches(searches, run)) {
    steps = step;
    if (!isBeamSearch) yield* tellTokens(searches, step);
    yield tellStep(searches, step);
  }
  yield { type: "finished", ...toGeneration(searches, { settings: run.settings, steps }) };
}

function* tellTokens(searches: readonly Search[], step: number): Generator<TokenEvent> {
  for (const { live, ended, spec } of searches) {
    const { input, prompt } = spec;
    const grown = [
      ...live.map(({ ids, group }) => ({ group, tokens: ids.slice(prompt.length) })),
      ...ended.filter(({ tokens, entered }) => entered === step && tokens.length === step),
    ];
    for (const { group, tokens } of grown.sort((a, b) => a.group - b.group)) {
      yield { type: "token", step, input, sequence: group, token: tokens[step - 1], tokens };
    }
  }
}

function tellStep(searches: readonly Search[], step: number): StepEvent {
  const live = searches.flatMap(({ live, spec: { input, prompt } }) =>
    live.map(({ ids, group, total }) => ({ input, group, tokens: ids.slice(prompt.length), total })),
  );
  const done = searches.filter((search) => search.live.length === 0).map(({ spec }) => spec.input);
  return { type: "step", step, live, done };
}

function toGeneration(
  searches: readonly Search[],
  { settings, steps }: { settings: GenerateSettings; steps: number },
): Generation {
  const outputs = searches.map((search): GeneratedOutput => {
    const { hypotheses, stop } = search.finish();
    const { ended, spec } = search;
    return {
      hypotheses,
      ended,
      stop,
      ...(spec.recorder && { trace: toTrace(search, { hypotheses, stop }) }),
    };
  });
  const sequences = outputs.flatMap(({ hypotheses }, input) =>
    hypotheses.map(({ tokens }) => [...searches[input].spec.prompt, ...tokens]),
  );
  return { outputs, sequences: pad(sequences, settings.padTokenId), steps };
}

function toTrace({ ended, spec }: Search, { hypotheses, stop }: SearchResult): SearchTrace {
  const { settings, input, prompt, longest, recorder } = spec;
  const { numBeams, numBeamGroups, lengthPenalty, earlyStopping, tracedCandidates } = settings;
  const { candidates, steps } = recorder!;
  return {
    input,
    strategy: toStrategy(settings),
    numBeams,
    numBeamGroups,
    lengthPenalty,
    earlyStopping,
    longest,
    prompt,
    candidates,
    steps,
    hypotheses: ended,
    returned: hypotheses.map(({ id }) => id),
    stop,
    limits: { candidates: tracedCandidates, forbidden: tracedCandidates },
  };
}

function toStrategy({ numBeams, numBeamGroups, doSample }: GenerateSettings): Strategy {
  if (numBeamGroups > 1) return "diverse-beam";
  if (numBeams > 1) return doSample ? "beam-sample" : "beam";
  return doSample ? "sample" : "greedy";
}

function pad(sequences: readonly number[][], padTokenId: number | undefined): number[][] {
  if (padTokenId === undefined) return [...sequences];
  const longest = sequences.reduce((most, { length }) => Math.max(most, length), 0);
  return sequences.map((ids) => [...ids, ...new Array<number>(longest - ids.length).fill(padTokenId)]);
}
