/** A trained model as the files of its folder, and the list of all that are shipped. */
import { saveCheckpoint } from "../../kernels/nlp/train/index.ts";
import type { ShippedModel } from "../../kernels/runtime/shelf/index.ts";
import type { Interval } from "../../kernels/nlp/metrics/index.ts";
import type { Recipe, Trained } from "./recipe.ts";

export interface Circumstances {
  /** How long the training took. */
  readonly seconds: number;
  /** What was typed. */
  readonly command: string;
}

export async function toFolder(
  { name, task }: Recipe,
  { model, tokenizer, labels, metric, card }: Trained,
  { seconds, command }: Circumstances,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const show = ({ value, low, high }: Interval) =>
    `${value.toFixed(metric.digits)} [${low.toFixed(metric.digits)}, ${high.toFixed(metric.digits)}]`;
  return saveCheckpoint(model, {
    ...card,
    name,
    task,
    tokenizer,
    labels,
    metrics: {
      [`${metric.name} on ${metric.sentences} test sentences, 95 % interval`]: show(metric.score),
      [`the same of ${metric.baseline.name}`]: show(metric.baseline.score),
    },
    training: { ...card.training, "seconds on a CPU": Math.round(seconds), command },
    use: `${imports(card.use)}\n\nconst { model, tokenizer${labels ? ", labels" : ""} } = await fetchCheckpoint("models/${name}")\n${card.use}`,
  });
}

export function toShipped({ name, task }: Recipe, { metric, card }: Trained): ShippedModel {
  const score = `${metric.name} ${metric.score.value.toFixed(metric.digits)}`;
  return { name, task, languages: card.languages, score };
}

const MODULES: Readonly<Record<string, readonly string[]>> = {
  "gongbu/decode": ["generateText"],
  "gongbu/nn": ["softmax", "toDecoder"],
  "gongbu/train": ["fetchCheckpoint", "toTokenInput"],
};

/** The import lines for what the code uses. */
function imports(code: string): string {
  return Object.entries(MODULES)
    .map(([module, names]) => [
      module,
      names.filter((name) => name === "fetchCheckpoint" || code.includes(name)),
    ])
    .filter(([, names]) => names.length > 0)
    .map(([module, names]) => `import { ${(names as string[]).join(", ")} } from "${module as string}"`)
    .join("\n");
}
