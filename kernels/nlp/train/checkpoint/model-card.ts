/** README.md of a checkpoint: what a stranger has to know of a model before using it. */
import type { AnyModel } from "../../nn/models/create-model.ts";

export interface ModelCard {
  /** What the model is called. Default: its kind. */
  readonly name?: string;
  /** A few sentences: what it does, for whom. */
  readonly description?: string;
  /** What it was trained on. */
  readonly data?: string;
  /** Language codes: "ko", "en". */
  readonly languages?: readonly string[];
  /** What kind of task it does, under the model hub's name: "text-classification". */
  readonly task?: string;
  /** What it reached, on which data is said in `data`; a text where a number is not enough: "0.66 [0.61, 0.70]". */
  readonly metrics?: Readonly<Record<string, number | string>>;
  /** Epochs, learning rate, seed and the like. */
  readonly training?: Readonly<Record<string, string | number | boolean>>;
  /** What it cannot do. */
  readonly limits?: string;
  /** The lines of code with which it is loaded. Default: from its files. */
  readonly use?: string;
  /** Of the weights. Default "cc-by-4.0", as the course's own data. */
  readonly licence?: string;
}

const LOAD_FILES = `import { loadCheckpoint } from "gongbu/train"
const { model, tokenizer } = loadCheckpoint(files)`;

export function writeModelCard(model: AnyModel, card: ModelCard): string {
  const { modelType } = model.config;
  const { name = modelType, description, task, data, languages, metrics, training, limits } = card;
  const { licence = "cc-by-4.0", use = LOAD_FILES } = card;
  const head = [
    "---",
    "library_name: gongbu",
    `license: ${licence}`,
    ...(task ? [`pipeline_tag: ${task}`] : []),
    ...(languages?.length ? ["language:", ...languages.map((language) => `  - ${language}`)] : []),
    "---",
  ];
  const sections = [
    head.join("\n"),
    `# ${name}`,
    ...(description ? [description] : []),
    `A \`${modelType}\` of ${model.parameterCount().toLocaleString("en-US")} parameters, trained with Gongbu.`,
    ...(data ? [`## Data\n\n${data}`] : []),
    ...(metrics ? [`## Metrics\n\n${table(metrics, "metric")}`] : []),
    ...(training ? [`## Training\n\n${table(training, "setting")}`] : []),
    ...(limits ? [`## Limits\n\n${limits}`] : []),
    `## Use\n\n\`\`\`ts\n${use}\n\`\`\``,
  ];
  return `${sections.join("\n\n")}\n`;
}

function table(values: Readonly<Record<string, string | number | boolean>>, what: string): string {
  const rows = Object.entries(values).map(([name, value]) => {
    const shown = typeof value === "number" ? Number(value.toPrecision(4)) : value;
    return `| ${escapeCell(name)} | ${escapeCell(String(shown))} |`;
  });
  return [`| ${what} | value |`, "| --- | --- |", ...rows].join("\n");
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
