import type { Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import type { FigureOutput } from "./output.ts";
import { toPlainData } from "./plain-data.ts";

/** The kinds of trace that the page can draw. */
const TRACES = ["scatter", "bar", "heatmap", "contour"];

export interface FigureOptions {
  /** What the figure shows, in a sentence, for a reader who does not see it. Default: its title and traces. */
  readonly description?: Text;
}

/**
 * A Plotly figure: traces of the types scatter (the default), bar, heatmap or contour, and a layout.
 * Typed arrays and tensors may stand where Plotly takes a list; names and titles may be `text({ en, ko })`.
 * @see https://plotly.com/javascript/reference/
 */
export function figure(
  traces: readonly object[],
  { description, ...layout }: Readonly<Record<string, unknown>> & FigureOptions = {},
): FigureOutput {
  if (!Array.isArray(traces)) {
    throw new TypeError(
      `figure(traces, layout) takes a list of Plotly traces, but was given ${typeof traces}.`,
    );
  }
  const data = traces.map((trace, i) => {
    const plain = toPlainData(trace) as Record<string, unknown>;
    const type = plain.type ?? "scatter";
    if (typeof type !== "string" || !TRACES.includes(type)) {
      throw new TypeError(
        `figure: trace ${i} has the type "${String(type)}"; the page draws ${TRACES.join(", ")}.`,
      );
    }
    return plain;
  });
  return brandOutput({
    kind: "figure",
    data,
    layout: toPlainData(layout) as Record<string, unknown>,
    description: description ?? describe(data, layout.title),
  });
}

/** One line of a chart. */
export interface Series {
  readonly name: Text;
  /** Default: 1, 2, 3, … */
  readonly x?: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Default "lines". */
  readonly mode?: "lines" | "markers" | "lines+markers";
  readonly dash?: "solid" | "dot" | "dash";
}

export interface LinesOptions extends FigureOptions {
  readonly title?: Text;
  readonly x?: Text;
  readonly y?: Text;
  readonly xType?: "linear" | "log";
  readonly yType?: "linear" | "log";
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
  /** Pixels. Default 300. */
  readonly height?: number;
}

/** A line chart: the curves of a training, an error over a parameter. Curves that grow are extended in place. */
export function lines(series: readonly Series[], options: LinesOptions = {}): FigureOutput {
  const traces = series.map(({ name, x, y, mode = "lines", dash }) => {
    const values = Array.from(y);
    return {
      type: "scatter",
      mode,
      name,
      x: x ? Array.from(x) : values.map((_, i) => i + 1),
      y: values,
      ...(dash && { line: { dash } }),
    };
  });
  const { title, description, height = 300, x, y, xType, yType, xRange, yRange } = options;
  return figure(traces, {
    ...(title && { title: { text: title } }),
    description: description ?? describe(traces, title),
    height,
    xaxis: axis(x, xType, xRange),
    yaxis: axis(y, yType, yRange),
    showlegend: series.length > 1,
  });
}

export interface BarsOptions extends FigureOptions {
  readonly title?: Text;
  readonly x?: Text;
  readonly y?: Text;
  readonly yRange?: readonly [number, number];
  readonly height?: number;
}

/** A bar chart: one value a label, or several groups of them. */
export function bars(
  labels: readonly Text[],
  values: ArrayLike<number> | readonly { readonly name: Text; readonly values: ArrayLike<number> }[],
  options: BarsOptions = {},
): FigureOutput {
  const grouped = Array.isArray(values) && typeof values[0] === "object";
  const groups = grouped
    ? (values as readonly { name: Text; values: ArrayLike<number> }[])
    : [{ name: "", values: values as ArrayLike<number> }];
  const traces = groups.map((group) => ({
    type: "bar",
    name: group.name,
    x: labels,
    y: Array.from(group.values),
  }));
  const { title, description, height = 260, x, y, yRange } = options;
  return figure(traces, {
    ...(title && { title: { text: title } }),
    description: description ?? describe(traces, title),
    height,
    barmode: "group",
    xaxis: { ...axis(x), type: "category" },
    yaxis: axis(y, undefined, yRange),
    showlegend: grouped,
  });
}

function axis(title?: Text, type?: string, range?: readonly [number, number]): Record<string, unknown> {
  // Plotly takes a logarithmic axis' range as exponents of ten.
  const ends = type === "log" ? range?.map(Math.log10) : range;
  return {
    ...(title && { title: { text: title } }),
    ...(type && { type }),
    ...(ends && { range: [...ends] }),
  };
}

function describe(traces: readonly object[], title: unknown): Text {
  const heading = typeof title === "object" && title !== null && "text" in title ? title.text : title;
  const names = traces.map((trace) => ("name" in trace ? trace.name : undefined)).filter(Boolean) as Text[];
  const parts = [heading as Text | undefined, ...names].filter((part): part is Text => Boolean(part));
  const inLanguage = (language: "en" | "ko") =>
    parts.map((part) => (typeof part === "string" ? part : part[language])).join(", ");
  return parts.length > 0 ? { en: inLanguage("en"), ko: inLanguage("ko") } : { en: "Figure", ko: "그림" };
}
