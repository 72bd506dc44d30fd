/** Models without weights, for tests of what is around them: what they answer follows from the text alone. */
import { setTimeout as wait } from "node:timers/promises";
import type {
  Batch,
  ModelDescription,
  ModelSource,
  Prediction,
  RunContext,
  ServedModel,
  Task,
} from "../../../src/server/index.ts";
import { ModelGoneError } from "../../../src/server/models/served-model.ts";
import { ServiceError } from "../../../src/server/service-error.ts";

export interface ToyOptions {
  readonly task: Task;
  readonly id?: string;
  /** Milliseconds for a batch. Default 0. */
  readonly delay?: number;
}

export interface Toy extends ModelSource {
  /** Every batch that was run. */
  readonly batches: Batch[];
  /** How many models were loaded and not closed. */
  open: number;
  /** What would be loaded now. */
  current: string;
  /** While true, nothing can be loaded. */
  broken: boolean;
}

/** Says of each word in capitals that it is a NAME, of each text how many words it has, and writes words backwards. */
export function createToy({ task, id = `toy-${task}`, delay = 0 }: ToyOptions): Toy {
  const toy: Toy = {
    id,
    batches: [],
    open: 0,
    current: "1",
    broken: false,
    version: async () => toy.current,
    async load(): Promise<ServedModel> {
      if (toy.broken) throw new Error("The toy is broken.");
      toy.open++;
      const { current } = toy;
      const about: ModelDescription = { task, modelType: `toy ${current}`, labels: ["even", "odd"] };
      return {
        about,
        async run(batch, context) {
          toy.batches.push(batch);
          if (batch.texts.includes("crash")) throw new ModelGoneError("The toy crashed.");
          if (batch.texts.includes("refuse me"))
            throw new ServiceError("invalid-input", "The toy does not take this text.");
          if (batch.texts.includes("fail")) throw new Error("The toy failed.");
          if (delay > 0) await wait(delay, undefined, { signal: context.signal });
          return batch.texts.map((text, index) => predict(text, { task, batch, index, context }));
        },
        async close() {
          toy.open--;
        },
      };
    },
  };
  return toy;
}

function predict(
  text: string,
  { task, batch, index, context }: { task: Task; batch: Batch; index: number; context: RunContext },
): Prediction {
  const words = text.split(" ");
  const { scores, generation = {} } = batch.options;
  if (task === "classify") {
    const [label, other] = words.length % 2 === 0 ? ["even", "odd"] : ["odd", "even"];
    const all = [
      { label, score: 0.75 },
      { label: other, score: 0.25 },
    ];
    return { ...all[0], ...(scores && { scores: all }) };
  }
  if (task === "label") {
    const spans = [...text.matchAll(/[A-Z]+/g)].map(({ 0: name, index: start }) => {
      return { start, end: start + name.length, text: name, label: "NAME" };
    });
    return { spans };
  }
  const backwards = words.toReversed();
  backwards.forEach((token, place) =>
    context.onGrowth?.({
      type: (generation.numBeams ?? 1) > 1 ? "step" : "token",
      index,
      sequence: 0,
      token,
      text: backwards.slice(0, place + 1).join(" "),
    }),
  );
  const best = { text: backwards.join(" "), ...(scores && { score: -1 }) };
  const count = generation.numReturnSequences ?? 1;
  return {
    ...best,
    ...(count > 1 && {
      alternatives: Array.from({ length: count }, (_, rank) => ({ ...best, text: `${best.text} ${rank}` })),
    }),
  };
}
