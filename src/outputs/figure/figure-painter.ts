/**
 * Draws one figure for as long as it is on the page: first anew, then in place, at most ten times a second, and not
 * at all while nobody can see it. While one figure follows the other their long curves are thinned. The latest figure is
 * always drawn in the end, and whole.
 */
import type { Figure } from "./figure-data.ts";
import { thinCurves } from "./growing-curve.ts";
import { planUpdate } from "./plan-update.ts";
import { copyForPlotly, type Plotly } from "./plotly.ts";

export interface FigurePainterOptions {
  readonly load: () => Promise<Plotly>;
  /** Plotly has drawn the figure for the first time. */
  readonly onDrawn?: () => void;
  readonly onError: (error: unknown) => void;
  /** Milliseconds between two drawings. Default 100. */
  readonly interval?: number;
  /** Default: `performance.now`. */
  readonly now?: () => number;
}

export interface FigurePainter {
  /** The figure to show from now on; made when it is drawn, so that frames nobody sees cost nothing. */
  show(makeFigure: () => Figure): void;
  /** The figure's box or the page's look has changed. */
  refresh(): void;
  /** Whether the reader can see it. False at first. */
  setVisible(visible: boolean): void;
  /** Frees what Plotly holds. */
  dispose(): void;
}

/** Milliseconds after which a figure is taken to be the last. */
const SETTLED = 1000;

/** Nothing of the modes that a lecture does not explain; double click brings the whole figure back. */
const CONFIG = {
  displaylogo: false,
  displayModeBar: "hover",
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
  responsive: false,
};

export function createFigurePainter(element: HTMLElement, options: FigurePainterOptions): FigurePainter {
  const { load, onDrawn, onError, interval = 100, now = () => performance.now() } = options;
  let makeFigure: (() => Figure) | undefined;
  let drawn: Figure | undefined;
  let plotly: Plotly | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastDrawing = -Infinity;
  /** When the latest figure came, and whether it came soon after the one before. */
  let lastShow = -Infinity;
  let growing = false;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let state: "resting" | "working" | "disposed" = "resting";
  let wanted = false;
  let visible = false;

  return {
    show(make) {
      makeFigure = make;
      growing = now() - lastShow < SETTLED;
      lastShow = now();
      clearTimeout(settling);
      if (growing) settling = setTimeout(settle, SETTLED);
      want();
    },
    refresh: want,
    setVisible(next) {
      visible = next;
      schedule();
    },
    dispose() {
      state = "disposed";
      clearTimeout(timer);
      clearTimeout(settling);
      plotly?.purge(element);
    },
  };

  function settle(): void {
    growing = false;
    want();
  }

  function want(): void {
    wanted = true;
    schedule();
  }

  function schedule(): void {
    if (!wanted || !visible || !makeFigure || state !== "resting" || timer !== undefined) return;
    timer = setTimeout(start, Math.max(0, lastDrawing + interval - now()));
  }

  function start(): void {
    timer = undefined;
    if (!visible || !makeFigure || state !== "resting") return;
    wanted = false;
    state = "working";
    draw(makeFigure)
      .catch((error: unknown) => {
        // What stands now is unknown: the next figure is drawn anew.
        drawn = undefined;
        onError(error);
      })
      .finally(() => {
        lastDrawing = now();
        if (state === "disposed") return;
        state = "resting";
        schedule();
      });
  }

  async function draw(make: () => Figure): Promise<void> {
    plotly ??= await load();
    if (isDisposed()) return;
    const next = growing ? thinCurves(make()) : make();
    const plan = planUpdate(drawn, next);
    const first = drawn === undefined;
    drawn = next;
    switch (plan.kind) {
      case "new":
      case "react": {
        const { data, layout } = copyForPlotly(next);
        await plotly[plan.kind === "new" ? "newPlot" : "react"](element, data, layout, CONFIG);
        break;
      }
      case "extend":
        await plotly.extendTraces(element, plan.added, plan.traces);
        break;
      case "none":
        break;
      default:
        plan satisfies never;
    }
    // Disposed while Plotly was drawing: what it has made since is freed as well.
    if (isDisposed()) plotly.purge(element);
    else if (first) onDrawn?.();
  }

  function isDisposed(): boolean {
    return state === "disposed";
  }
}
