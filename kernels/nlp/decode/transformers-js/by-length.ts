import { reorderState, type NextTokenModel, type NextTokens } from "../model.ts";

interface Parts<State> {
  /** One for each length of a prompt. */
  readonly parts: readonly State[];
  /** Of each row in which part it is, and which row of it; a part's rows come in order. */
  readonly rows: readonly (readonly [part: number, place: number])[];
}

/** For a model that takes prompts of one length only: each length goes through it by itself. */
export function byLength<Input, State>(
  model: NextTokenModel<Input, State>,
): NextTokenModel<Input, Parts<State>> {
  /** Runs each part; when one fails, the states of those before it are freed. */
  async function runParts(
    rows: Parts<State>["rows"],
    { parts, run }: { parts: number; run: (part: number) => NextTokens<State> | Promise<NextTokens<State>> },
  ): Promise<NextTokens<Parts<State>>> {
    const done: NextTokens<State>[] = [];
    try {
      for (let part = 0; part < parts; part++) done.push(await run(part));
    } catch (error) {
      for (const { state } of done) model.dispose?.(state);
      throw error;
    }
    return {
      logits: rows.map(([part, place]) => done[part].logits[place]),
      state: { parts: done.map(({ state }) => state), rows },
    };
  }

  return {
    ...(model.isEncoderDecoder !== undefined && { isEncoderDecoder: model.isEncoderDecoder }),
    ...(model.generationConfig && { generationConfig: model.generationConfig }),
    start(inputs, prompts) {
      const lengths = [...new Set(prompts.map(({ length }) => length))];
      const rows = placesIn(prompts.map(({ length }) => lengths.indexOf(length)));
      return runParts(rows, {
        parts: lengths.length,
        run: (part) => model.start(ofPart(inputs, rows, part), ofPart(prompts, rows, part)),
      });
    },
    step: ({ parts, rows }, tokens) =>
      runParts(rows, {
        parts: parts.length,
        run: (part) => model.step(parts[part], ofPart(tokens, rows, part)),
      }),
    async reorder({ parts, rows }, taken) {
      const left = taken.map((row) => rows[row]);
      const living = parts.flatMap((_, part) => (left.some(([own]) => own === part) ? [part] : []));
      parts.forEach((state, part) => living.includes(part) || model.dispose?.(state));
      const states: State[] = [];
      for (const part of living) {
        const places = left.flatMap(([own, place]) => (own === part ? [place] : []));
        const count = rows.filter(([own]) => own === part).length;
        states.push(
          await reorderState(model, { state: parts[part], rows: places, count, where: "fromTransformersJs" }),
        );
      }
      return { parts: states, rows: placesIn(left.map(([part]) => living.indexOf(part))) };
    },
    dispose({ parts }) {
      for (const state of parts) model.dispose?.(state);
    },
  };
}

/** The part of each row, with the row's place in it. */
function placesIn(parts: readonly number[]): (readonly [part: number, place: number])[] {
  return parts.map((part, row) => [part, parts.slice(0, row).filter((other) => other === part).length]);
}

function ofPart<T>(list: readonly T[], rows: Parts<unknown>["rows"], part: number): T[] {
  return list.filter((_, row) => rows[row][0] === part);
}
