/**
 * `gongbu/display` for the peer, whose cells run on the page: a line chart is an element, and each new one is handed to
 * `Plotly.react`, as a notebook does that computes and draws in one thread.
 */
import {
  lines as describeLines,
  type LinesOptions,
  type Series,
} from "../../kernels/runtime/display/figure.ts";
import plotly from "../../src/outputs/figure/plotly-bundle.ts";

const chart = document.createElement("div");

/** The bench has one chart, and it stays the same element. */
export function lines(series: readonly Series[], options: LinesOptions): HTMLElement {
  const { data, layout } = describeLines(series, options);
  void plotly.react(chart, [...data], layout);
  return chart;
}
