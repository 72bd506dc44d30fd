import { isFlat, type Figure } from "./figure-data.ts";

/** What a figure's painter asks of Plotly. */
export interface Plotly {
  newPlot(element: HTMLElement, data: readonly object[], layout: object, config: object): Promise<unknown>;
  react(element: HTMLElement, data: readonly object[], layout: object, config: object): Promise<unknown>;
  extendTraces(
    element: HTMLElement,
    added: Readonly<Record<string, unknown[][]>>,
    traces: readonly number[],
  ): Promise<unknown>;
  purge(element: HTMLElement): void;
}

/** Milliseconds after which Plotly is loaded even though the page has not come to rest. */
const LATEST = 500;

/** Plotly, on first need. Parsing it takes a third of a second, so it waits for a moment of rest. */
export async function loadPlotly(): Promise<Plotly> {
  await rest();
  const { default: plotly } = await import("./plotly-bundle.ts");
  return plotly as unknown as Plotly;
}

function rest(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), { timeout: LATEST });
    else setTimeout(resolve, 0);
  });
}

/** Plotly keeps and changes what it is given: it gets a copy, so that the figure it was made from can be compared. */
export function copyForPlotly({ data, layout }: Figure): { data: object[]; layout: object } {
  return { data: data.map((trace) => copy(trace) as object), layout: copy(layout) as object };
}

/** Of plain data. `structuredClone` takes ten times as long over a list of numbers. */
function copy(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return isFlat(value) ? value.slice() : value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
}
