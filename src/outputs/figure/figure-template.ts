import { mix, toCss, type PageColors } from "./page-colors.ts";

type Template = Readonly<Record<string, unknown>>;

/**
 * A Plotly template: what a figure looks like where its cell says nothing. Hairlines, no boxes, transparent paper.
 * With `touch`, a finger on the figure scrolls the page instead of zooming.
 */
export function createFigureTemplate(colors: PageColors, { touch }: { touch: boolean }): Template {
  const { ink, inkSoft, paper, paperRaised, line, accent, series, font } = colors;
  const soft = { color: toCss(inkSoft), size: 12 };
  const axis = {
    automargin: true,
    gridcolor: toCss(mix(paper, { to: line, share: 0.7 })),
    gridwidth: 1,
    linecolor: toCss(line),
    tickcolor: toCss(line),
    tickfont: soft,
    title: { font: soft, standoff: 8 },
    zeroline: false,
  };
  const colorbar = { outlinewidth: 0, thickness: 8, tickfont: { ...soft, size: 11 }, ticks: "", xpad: 8 };
  const sequential = [
    [0, toCss(mix(paper, { to: paperRaised, share: 0.5 }))],
    [0.5, toCss(mix(paper, { to: accent, share: 0.5 }))],
    [1, toCss(mix(accent, { to: ink, share: 0.15 }))],
  ];
  const diverging = [
    [0, toCss(series[1])],
    [0.5, toCss(paper)],
    [1, toCss(series[0])],
  ];
  return {
    layout: {
      bargap: 0.35,
      bargroupgap: 0.06,
      colorway: series.map(toCss),
      colorscale: {
        sequential,
        sequentialminus: [...sequential].reverse().map(([, color], i) => [i / 2, color]),
        diverging,
      },
      dragmode: touch ? false : "zoom",
      font: { family: font, size: 13, color: toCss(ink) },
      hoverlabel: {
        bgcolor: toCss(paperRaised),
        bordercolor: toCss(line),
        font: { family: font, size: 12, color: toCss(ink) },
      },
      hovermode: "closest",
      legend: {
        bgcolor: "rgba(0,0,0,0)",
        font: soft,
        orientation: "h",
        x: 0,
        xanchor: "left",
        y: 1,
        yanchor: "bottom",
      },
      margin: { l: 48, r: 12, t: 16, b: 44 },
      modebar: {
        bgcolor: "rgba(0,0,0,0)",
        color: toCss(mix(paper, { to: inkSoft, share: 0.6 })),
        activecolor: toCss(ink),
      },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      title: {
        font: { size: 14, weight: 600 },
        x: 0,
        xref: "container",
        xanchor: "left",
        yref: "container",
        y: 1,
        yanchor: "top",
        pad: { t: 4 },
      },
      xaxis: { ...axis, showgrid: false, ticks: "outside", ticklen: 4, showline: true },
      yaxis: axis,
    },
    data: {
      bar: [{ marker: { line: { width: 0 } } }],
      contour: [{ colorbar, colorscale: sequential, line: { color: toCss(paper), width: 0.75 } }],
      heatmap: [{ colorbar, colorscale: sequential, xgap: 1, ygap: 1 }],
      scatter: [{ line: { width: 1.75 }, marker: { size: 6 } }],
    },
  };
}
