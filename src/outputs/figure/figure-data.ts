/** A figure as Plotly is to draw it: in one language, arrays plain. */
import type { FigureOutput } from "../../../kernels/runtime/display/output.ts";
import type { Language } from "../language.ts";

export type Trace = Readonly<Record<string, unknown>>;

export interface Figure {
  readonly data: readonly Trace[];
  readonly layout: Readonly<Record<string, unknown>>;
}

/** Figures without a height of their own, in pixels. */
export const DEFAULT_HEIGHT = 320;

/** An output's height in pixels: known before Plotly is there, so that the page does not jump when it comes. */
export function getFigureHeight({ layout }: FigureOutput): number {
  return typeof layout.height === "number" && layout.height > 0 ? layout.height : DEFAULT_HEIGHT;
}

export interface FigureOptions {
  readonly language: Language;
  /** Defaults of every layout and trace: the page's colours and type. An output's own template goes first. */
  readonly template: Readonly<Record<string, unknown>>;
  /** Pixels. */
  readonly width: number;
}

export function toFigure(output: FigureOutput, { language, template, width }: FigureOptions): Figure {
  const layout = localize(output.layout, language) as Record<string, unknown>;
  const data = output.data.map((trace) => localize(trace, language) as Trace);
  const still = hasStillMargins(data) ? getStillAxes(layout) : undefined;
  const margin = {
    t: getTopMargin({ data, layout }),
    ...still?.margin,
    ...(layout.margin as object | undefined),
  };
  const height = getFigureHeight(output);
  return {
    data,
    // The same uirevision from one drawing to the next: what the reader has zoomed into stays.
    layout: { template, uirevision: "reader", ...layout, ...still, margin, width, height, autosize: false },
  };
}

/** Curves over numbers: the ones that stream, and whose tick labels are as wide as room is kept for. */
function hasStillMargins(data: readonly Trace[]): boolean {
  return data.every(({ type, x, y }) => {
    const coordinates = [x, y].filter(Array.isArray).map((values: unknown[]) => values[0]);
    return (
      (type === undefined || type === "scatter") && coordinates.every((first) => typeof first !== "string")
    );
  });
}

/**
 * Axes whose margins Plotly does not measure. Where it does, a growing curve has the whole figure drawn a second time
 * whenever a label changes, in one task of up to 200 ms (bench/long-tasks).
 */
function getStillAxes({ xaxis, yaxis }: Figure["layout"]) {
  const fixed = { automargin: false, ticklabeloverflow: "allow" };
  const hasTitle = typeof yaxis === "object" && yaxis !== null && "title" in yaxis && Boolean(yaxis.title);
  return {
    xaxis: { ...fixed, ...(xaxis as object | undefined) },
    yaxis: { ...fixed, ...(yaxis as object | undefined) },
    margin: { l: hasTitle ? 68 : 52, b: 48 },
  };
}

/** Room for what stands above the axes: the title, and under it the legend. */
function getTopMargin({ data, layout }: Figure): number {
  const { title, showlegend } = layout;
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : title;
  const hasLegend = showlegend ?? data.filter((trace) => trace.showlegend !== false).length > 1;
  return 16 + (text ? 20 : 0) + (hasLegend ? 24 : 0);
}

/**
 * The same with every Localized as a string of the language, at any depth, and every typed array a plain one. Lists of
 * plain values are not copied: a curve may have thousands.
 */
export function localize(value: unknown, language: Language): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return isFlat(value) ? value : value.map((item) => localize(item, language));
  if (isLocalized(value)) return value[language];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, localize(item, language)]));
}

/** Whether a list holds nothing but plain values. */
export function isFlat(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value !== "object" || value === null);
}

function isLocalized(value: object): value is Record<Language, string> {
  return "en" in value && "ko" in value && typeof value.en === "string" && typeof value.ko === "string";
}
