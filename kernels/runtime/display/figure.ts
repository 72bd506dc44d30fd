import type { Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import type { FigureOutput } from "./output.ts";
import { toPlainData, toPlainList } from "./plain-data.ts";
import { checkText, kindOf } from "./text.ts";

/** The kinds of trace that the page can draw. */
const TRACES = ["scatter", "bar", "heatmap", "contour"];

export interface FigureOptions {
  /** What the figure shows, in a sentence, for a reader who does not see it. Default: its title and traces. */
  readonly description?: Text;
}

/**
 * A Plotly figure: traces of the types scatter (the default), bar, heatmap or contour, and a layout.
 * Typed arrays and tensors may stand where Plotly takes a list; names and titles may be `text({ en, ko })`.
 *
 * @ko Plotly 그림을 그립니다. 트레이스와 레이아웃을 직접 넘깁니다.
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
  if (description !== undefined) checkText(description, "figure: the description");
  const data = traces.map((trace, i) => {
    if (typeof trace !== "object" || trace === null || Array.isArray(trace))
      throw new TypeError(`figure: trace ${i} must be a record such as { x, y }, but was ${kindOf(trace)}.`);
    const plain = toPlainData(trace) as Record<string, unknown>;
    const type = plain.type ?? "scatter";
    if (typeof type !== "string" || !TRACES.includes(type)) {
      throw new TypeError(
        `figure: trace ${i} has the type "${String(type)}"; the page draws ${TRACES.join(", ")}.`,
      );
    }
    checkColorScale(plain.colorscale, i);
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

/**
 * A line chart: the curves of a training, an error over a parameter. Curves that grow are extended in place.
 *
 * @ko 꺾은선그래프를 그립니다. 학습 곡선이나 값에 따른 변화를 볼 때 씁니다.
 */
export function lines(series: readonly Series[], options: LinesOptions = {}): FigureOutput {
  if (!Array.isArray(series))
    throw new TypeError(`lines(series) takes a list of { name, y }, but was given ${kindOf(series)}.`);
  const traces = (series as readonly Series[]).map(({ name, x, y, mode = "lines", dash }, i) => {
    checkText(name, `lines: the name of series ${i}`);
    const values = toPlainList(y, `lines: y of series ${i}`);
    const places = x === undefined ? values.map((_, j) => j + 1) : toPlainList(x, `lines: x of series ${i}`);
    if (places.length !== values.length) {
      throw new RangeError(
        `lines: series ${i} has ${places.length} values of x and ${values.length} of y: give one x a y.`,
      );
    }
    return {
      type: "scatter",
      mode,
      name,
      x: places,
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

/**
 * A bar chart: one value a label, or several groups of them.
 *
 * @ko 막대그래프를 그립니다. 레이블마다 값 하나, 또는 여러 묶음을 나란히 놓습니다.
 */
export function bars(
  labels: readonly Text[],
  values: ArrayLike<number> | readonly { readonly name: Text; readonly values: ArrayLike<number> }[],
  options: BarsOptions = {},
): FigureOutput {
  const names = toPlainList(labels, "bars: the labels");
  const grouped = Array.isArray(values) && typeof values[0] === "object";
  const groups = grouped
    ? (values as readonly { name: Text; values: ArrayLike<number> }[])
    : [{ name: "", values: values as ArrayLike<number> }];
  const traces = groups.map((group, i) => {
    const which = grouped ? `bars: the values of group ${i}` : "bars: the values";
    if (grouped) checkText(group?.name, `bars: the name of group ${i}`);
    const heights = toPlainList(group.values, which);
    if (heights.length !== names.length) {
      throw new RangeError(`${which} are ${heights.length}, but there are ${names.length} labels.`);
    }
    return { type: "bar", name: group.name, x: names, y: heights };
  });
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

/** Plotly takes another scale, without a word, for one whose ends are not exactly 0 and 1. */
function checkColorScale(scale: unknown, trace: number): void {
  if (!Array.isArray(scale) || !scale.every(Array.isArray)) return;
  const [first, last] = [scale[0]?.[0], scale.at(-1)?.[0]];
  if (first === 0 && last === 1) return;
  throw new RangeError(
    `figure: the color scale of trace ${trace} runs from ${first} to ${last}; its first stop must be 0 and its last 1.`,
  );
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
