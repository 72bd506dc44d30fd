/** Every output as plain text: what a terminal prints, and what is read aloud of a figure. */
import type { Text } from "../localized.ts";
import type {
  AttentionView,
  AutopsyOutput,
  BeamTreeOutput,
  DecodingOutput,
  Inspected,
  InputOutput,
  Output,
  PlainError,
  TableOutput,
  TokenSequence,
  TrainingOutput,
} from "./output.ts";

export type Language = "en" | "ko";

const TABLE_ROWS = 20;
const BAR_WIDTH = 24;

export function plainText(output: Output, language: Language = "en"): string {
  const words = (text: Text) => resolveText(text, language);
  switch (output.kind) {
    case "text":
      return words(output.text);
    case "markdown":
      return words(output.markdown);
    case "html":
      return output.html
        .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, "")
        .replace(/<[^>]+>/g, " ")
        .replace(/[ \t]+/g, " ")
        .trim();
    case "inspect":
      return plainValue(output.value);
    case "figure":
      return `[figure] ${words(output.description)}`;
    case "table":
      return plainTable(output, language);
    case "tokens":
      return output.sequences.map(plainSequence).join("\n");
    case "confusion": {
      const labels = output.labels.map(words);
      return grid([["", ...labels], ...output.counts.map((row, i) => [labels[i], ...row.map(String)])]);
    }
    case "attention":
      return output.views.map((view) => plainAttention(view, words)).join("\n\n");
    case "beamTree":
      return plainBeamTree(output, words);
    case "decoding":
      return plainDecoding(output, words);
    case "autopsy":
      return plainAutopsy(output, words);
    case "training":
      return plainTraining(output);
    case "progress": {
      const { value, total, rate, unit, note } = output;
      const filled = total ? Math.round((BAR_WIDTH * Math.max(0, Math.min(value, total))) / total) : 0;
      const bar = total ? `[${"#".repeat(filled)}${"·".repeat(BAR_WIDTH - filled)}] ` : "";
      const count = total === undefined ? format(value) : `${format(value)}/${format(total)}`;
      const parts = [
        output.label && words(output.label),
        bar + count,
        rate !== undefined && `${format(rate)}/s`,
        unit && words(unit),
        note && words(note),
      ];
      return parts.filter(Boolean).join(" ");
    }
    case "input":
      return plainInput(output, language);
    case "log": {
      const line = output.parts.map((part) => (isString(part) ? part.text : plainValue(part))).join(" ");
      return output.count > 1 ? `${line} (×${output.count})` : line;
    }
    case "error":
      return plainError(output.error, language);
    default:
      return output satisfies never;
  }
}

export function resolveText(text: Text, language: Language): string {
  return typeof text === "string" ? text : text[language];
}

export function plainError(error: PlainError, language: Language = "en"): string {
  const place =
    error.at && error.cell ? ` (cell ${error.cell}, line ${error.at.line}, column ${error.at.column})` : "";
  const cause = error.cause ? `\n  caused by ${plainError(error.cause, language)}` : "";
  return `${error.name}: ${resolveText(error.text, language)}${place}${cause}`;
}

export function plainValue(value: Inspected): string {
  switch (value.type) {
    case "primitive":
      return value.of === "string" ? JSON.stringify(value.text) + (value.length ? "…" : "") : value.text;
    case "function":
      return `[${value.of} ${value.name || "anonymous"}]`;
    case "date":
    case "regexp":
      return value.text;
    case "error":
      return `${value.name}: ${value.message}`;
    case "tensor":
      return `Tensor(${value.dtype}, [${value.shape.join(", ")}]${value.disposed ? ", disposed" : ""}) ${plainHead(value)}`;
    case "list": {
      const items = value.items.map(plainValue);
      if (items.length < value.length) items.push(`… ${value.length - items.length} more`);
      return `${value.name === "Array" ? "" : `${value.name} `}[${items.join(", ")}]`;
    }
    case "record": {
      const entries = value.entries.map(
        ({ key, value: item }) => `${typeof key === "string" ? key : plainValue(key)}: ${plainValue(item)}`,
      );
      if (entries.length < value.size) entries.push(`… ${value.size - entries.length} more`);
      return `${value.name === "Object" ? "" : `${value.name} `}{${entries.join(", ")}}`;
    }
    case "elided":
      return value.why === "circular" ? `[circular ${value.name}]` : `[${value.name}]`;
    default:
      return value satisfies never;
  }
}

function plainHead({ head, shape }: Extract<Inspected, { type: "tensor" }>): string {
  const size = shape.reduce((product, length) => product * length, 1);
  const shown = head.map((item) => (typeof item === "number" ? format(item) : String(item)));
  return `[${shown.join(", ")}${head.length < size ? ", …" : ""}]`;
}

function plainTable({ columns, rows, totalRows }: TableOutput, language: Language): string {
  const shown = rows.slice(0, TABLE_ROWS).map((row) =>
    row.map((value, i) => {
      const digits = columns[i].digits;
      if (value === null) return "";
      if (typeof value === "number") return digits === undefined ? format(value) : value.toFixed(digits);
      return typeof value === "boolean" ? String(value) : resolveText(value, language);
    }),
  );
  const text = grid([columns.map((column) => resolveText(column.label, language)), ...shown]);
  return shown.length < totalRows ? `${text}\n… ${totalRows - shown.length} more rows` : text;
}

function plainSequence({ tokens, ids, attentionMask, labels, spans = [] }: TokenSequence): string {
  const entities = spans.map(({ start, end, label, of, agreement }) =>
    [`  ${of}:`, label, tokens.slice(start, end).join(" "), agreement && `(${agreement})`]
      .filter(Boolean)
      .join(" "),
  );
  const line = tokens
    .map((token, i) => {
      const extra = [ids?.[i], labels?.[i], attentionMask && attentionMask[i] === 0 ? "pad" : undefined];
      const known = extra.filter((part) => part !== undefined && part !== null);
      return known.length > 0 ? `${token}(${known.join(" ")})` : token;
    })
    .join(" ");
  return [line, ...entities].join("\n");
}

/** The hypotheses that ended, the best first; their tokens can be read off the text. */
function plainBeamTree(
  { numBeams, hypotheses, returned, steps, stop }: BeamTreeOutput,
  words: (text: Text) => string,
): string {
  const ranked = [...hypotheses.keys()].sort((a, b) => hypotheses[b].score - hypotheses[a].score);
  const rows = ranked.map((id) => {
    const { text, total, score, length } = hypotheses[id];
    return [returned.includes(id) ? "*" : "", text, format(score), format(total), String(length)];
  });
  const heading = `beams ${numBeams}, steps ${steps.length}. ${words(stop)}`;
  return `${heading}\n${grid([["", "text", "score", "total", "length"], ...rows])}`;
}

/** The strategies with their metrics, then what each made of the inputs. */
function plainDecoding({ strategies, inputs }: DecodingOutput, words: (text: Text) => string): string {
  const names = [...new Set(strategies.flatMap(({ metrics }) => metrics.map(({ name }) => name)))];
  const summary = strategies.map(({ name, metrics, seconds }) => [
    words(name),
    ...names.map((metric) => {
      const value = metrics.find((other) => other.name === metric)?.value;
      return value === undefined ? "" : format(value);
    }),
    seconds === undefined ? "" : `${format(seconds)} s`,
  ]);
  const texts = inputs.slice(0, TABLE_ROWS).map(({ source, reference, results }) => {
    const rows = results.map(({ text, score }, i) => [
      words(strategies[i].name),
      score === undefined ? "" : format(score),
      text,
    ]);
    return `${source}\n${grid([...(reference === undefined ? [] : [["=", "", reference]]), ...rows])}`;
  });
  return [grid([["", ...names, ""], ...summary]), ...texts].join("\n\n");
}

function plainAutopsy(
  { verdict, target, targetScore, best, loss, smallestBeam, numBeams }: AutopsyOutput,
  words: (text: Text) => string,
): string {
  const rows = target.map(({ token, logProbability, rank, best: first }, i) => [
    loss && i + 1 === loss.step ? "✂" : "",
    token,
    format(logProbability),
    rank === 0 ? "" : `${rank + 1}. (${first})`,
  ]);
  const facts = [
    `${verdict}, beams ${numBeams}`,
    `target ${targetScore === null ? "–" : format(targetScore)}, returned ${format(best.score)}: ${best.text}`,
    loss && words(loss.why),
    `smallest beam ${smallestBeam ?? "–"}`,
  ];
  return [...facts.filter(Boolean), grid(rows)].join("\n");
}

/** Where the training stands, and its validations as a table. */
function plainTraining({
  epoch,
  epochs,
  step,
  totalSteps,
  curves,
  validation,
  rate,
  unit,
}: TrainingOutput): string {
  const loss = curves.loss.at(-1);
  const facts = [
    `epoch ${epoch}/${epochs}`,
    `step ${step}/${totalSteps}`,
    loss !== undefined && `loss ${format(loss)}`,
    rate !== undefined && `${format(rate)} ${unit ?? ""}/s`,
  ];
  const line = facts.filter(Boolean).join(", ");
  if (validation.step.length === 0) return line;
  const rows = validation.step.map((at, i) => [
    String(at),
    ...validation.metrics.map(({ values }) => format(values[i])),
  ]);
  return `${line}\n${grid([["step", ...validation.metrics.map(({ name }) => name)], ...rows])}`;
}

/** Of each token that looks, the one that it looks at most, averaged over the last layer's heads. */
function plainAttention(
  { name, queries, keys, weights }: AttentionView,
  words: (text: Text) => string,
): string {
  const heads = weights.at(-1) ?? [];
  const rows = queries.map((query, row) => {
    const means = keys.map((_, key) => heads.reduce((sum, head) => sum + head[row][key], 0) / heads.length);
    const strongest = means.indexOf(Math.max(...means));
    return [query, "→", keys[strongest], means[strongest].toFixed(2)];
  });
  return (name === undefined ? "" : `${words(name)}\n`) + grid(rows);
}

/** A control as its label and its value: of a choice, the names of what is chosen. */
function plainInput({ control, value, invalid }: InputOutput, language: Language): string {
  const words = (text: Text) => resolveText(text, language);
  if (control.type === "form") {
    return control.children.map(({ input }) => plainInput(input, language)).join("\n");
  }
  const label = control.label ? words(control.label) : control.type;
  const refused = invalid === undefined ? "" : ` (${words(invalid)})`;
  return `${label}: ${plainInputValue(control, value, words)}${refused}`;
}

function plainInputValue(
  control: Exclude<InputOutput["control"], { type: "form" }>,
  value: unknown,
  words: (text: Text) => string,
): string {
  switch (control.type) {
    case "select":
    case "radio":
    case "checkbox": {
      const chosen = [value].flat().filter((index) => typeof index === "number" && index >= 0);
      return chosen.map((index) => words(control.options[index as number])).join(", ");
    }
    case "range":
      return control.formatted ?? String(value);
    case "button":
      return `[${control.buttons.map(words).join("] [")}]`;
    case "text":
      return control.inputType === "password" ? "•".repeat(String(value).length) : String(value);
    default:
      if (value === undefined || value === null) return "";
      return typeof value === "string" ? value : JSON.stringify(value);
  }
}

/** Rows as columns of equal width. */
function grid(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
  return rows
    .map((row) =>
      row
        .map((text, i) => text + " ".repeat(widths[i] - width(text)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g;

/** Columns that a terminal gives the text: Hangul, kana and Han characters take two. */
function width(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

function format(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

function isString(value: Inspected): value is Extract<Inspected, { type: "primitive" }> {
  return value.type === "primitive" && value.of === "string";
}
