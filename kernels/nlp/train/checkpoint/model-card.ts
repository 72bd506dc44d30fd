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
  /** What it reached, on which data is said in `data`. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** Epochs, learning rate, seed and the like. */
  readonly training?: Readonly<Record<string, string | number | boolean>>;
  /** Of the weights. Default "cc-by-4.0", as the course's own data. */
  readonly licence?: string;
}

export function writeModelCard(model: AnyModel, card: ModelCard): string {
  const { modelType } = model.config;
  const { name = modelType, description, data, languages, metrics, training, licence = "cc-by-4.0" } = card;
  const head = [
    "---",
    "library_name: gongbu",
    `license: ${licence}`,
    ...(languages?.length ? ["language:", ...languages.map((language) => `  - ${language}`)] : []),
    "---",
  ];
  const sections = [
    head.join("\n"),
    `# ${name}`,
    ...(description ? [description] : []),
    `A \`${modelType}\` of ${model.parameterCount().toLocaleString("en-US")} parameters, trained in a Gongbu notebook.`,
    ...(data ? [`## Data\n\n${data}`] : []),
    ...(metrics ? [`## Metrics\n\n${table(metrics, "metric")}`] : []),
    ...(training ? [`## Training\n\n${table(training, "setting")}`] : []),
    `## Use\n\n\`\`\`ts\nimport { loadCheckpoint } from "gongbu/train"\nconst { model, tokenizer } = loadCheckpoint(files)\n\`\`\``,
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
