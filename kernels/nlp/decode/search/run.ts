/** Takes searches and a model through their steps together. */
import { giveWay } from "../../give-way.ts";
import { checkFinite, checkRows, reorderState, type NextTokenModel, type NextTokens } from "../model.ts";
import type { GenerateOptions } from "../options.ts";
import { toProcessors } from "../processors/list.ts";
import { toPrompts, toSources } from "../prompts.ts";
import { toLimits, toSettings, type GenerateSettings } from "../settings.ts";
import { checkTokenIds } from "../token-ids.ts";
import { TraceRecorder } from "../trace.ts";
import { NotFiniteError, ScoreBuffers, type ModelRow } from "./scored-row.ts";
import type { Search, SearchSpec } from "./search.ts";

export interface Run<Input, State> {
  readonly model: NextTokenModel<Input, State>;
  readonly inputs: readonly Input[];
  readonly settings: GenerateSettings;
  /** One for each input. */
  readonly specs: readonly SearchSpec[];
  /** The function that was called. */
  readonly where: string;
}

/** Fills in and checks the options, and finds out with what each output begins. */
export function prepareRun<Input, State>(
  model: NextTokenModel<Input, State>,
  inputs: readonly Input[],
  { options, where }: { readonly options: GenerateOptions; readonly where: string },
): Run<Input, State> {
  const { isEncoderDecoder = false, generationConfig: defaults } = model;
  const settings = toSettings(options, { where, defaults });
  const prompts = toPrompts(inputs, { settings, isEncoderDecoder, where });
  const sources = settings.encoderNoRepeatNgramSize > 0 ? toSources(inputs, where) : [];
  const buffers = new ScoreBuffers();
  const specs = prompts.map((prompt, input): SearchSpec => {
    const { longest, shortest } = toLimits(settings, { promptLength: prompt.length, where });
    const processors = toProcessors(settings, { sources, shortest, longest, where });
    const recorder = settings.tracedCandidates > 0 ? new TraceRecorder() : undefined;
    return { settings, processors, prompt, input, longest, buffers, recorder };
  });
  return { model, inputs, settings, specs, where };
}

/**
 * Runs one search for each input until all have ended; yields the number of each step that is done. One call of the model
 * serves all rows of all inputs; before it, whatever waits has its turn.
 */
export async function* runSearches<Input, State>(
  searches: readonly Search[],
  { model, inputs, settings, specs, where }: Run<Input, State>,
): AsyncGenerator<number, void, undefined> {
  const { signal } = settings;
  signal?.throwIfAborted();
  let next: NextTokens<State> | undefined;
  let vocabSize: number | undefined;
  let rows = inputs.length;
  try {
    next = await model.start(
      inputs,
      specs.map(({ prompt }) => prompt),
    );
    for (let step = 1; ; step++) {
      signal?.throwIfAborted();
      checkRows(next.logits, { rows, vocabSize, where });
      if (vocabSize === undefined) {
        vocabSize = next.logits[0].length;
        checkTokenIds(settings, { vocabSize, where });
      }
      const parents = advanceAll(searches, { next, isFirst: step === 1, where });
      yield step;
      if (parents.length === 0) return;

      await giveWay();
      signal?.throwIfAborted();
      const state = await reorderState(model, { state: next.state, rows: parents, count: rows, where });
      next = { logits: [], state };
      rows = parents.length;
      const tokens = searches.flatMap(({ live }) => live.map(({ ids }) => ids[ids.length - 1]));
      next = await model.step(state, tokens);
    }
  } finally {
    if (next) model.dispose?.(next.state);
  }
}

/** Takes every search that goes on one step further; gives for each row of the next step the row that it continues. */
function advanceAll(
  searches: readonly Search[],
  {
    next: { logits, logSumExps },
    isFirst,
    where,
  }: { next: Pick<NextTokens<unknown>, "logits" | "logSumExps">; isFirst: boolean; where: string },
): number[] {
  const all = logits.map((logits, row): ModelRow => ({ logits, logSumExp: logSumExps?.[row] }));
  const parents: number[] = [];
  let first = 0;
  for (const search of searches) {
    const rows = isFirst ? 1 : search.live.length;
    if (rows === 0) continue;
    try {
      search.advance(all.slice(first, first + rows));
    } catch (error) {
      // Scoring a row finds in passing that one of its numbers is none; which one is looked for only then.
      if (error instanceof NotFiniteError) checkFinite(logits, where);
      throw error;
    }
    for (const { row } of search.live) parents.push(first + row);
    first += rows;
  }
  return parents;
}
