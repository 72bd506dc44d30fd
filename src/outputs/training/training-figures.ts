/** The figures of a training board, as Plotly data. */
import type { FigureOutput, TrainingOutput } from "../../../kernels/runtime/display/output.ts";
import type { Runs } from "./earlier-runs.ts";
import { smooth } from "./smoothing.ts";
import { METRIC_WORDS, TRAINING_WORDS } from "./training-words.ts";

export interface BoardSettings {
  /** 0: none, towards 1: all. */
  readonly smoothing: number;
  readonly log: boolean;
  readonly ghosts: boolean;
}

type Curve = readonly number[];

/** Grey on either paper: what stands behind. */
const BEHIND = "rgba(128, 128, 128, 0.5)";
const GHOST = "rgba(128, 128, 128, 0.75)";

/** The loss of each step, smoothed over the raw curve, with the validations' marks and the runs before. */
export function lossFigure({ current, ghosts }: Runs, settings: BoardSettings): FigureOutput {
  const { smoothing, log } = settings;
  const { step, loss } = current.curves;
  const smoothed = line({ name: words("training"), x: step, y: smooth(loss, smoothing) });
  const validation = current.validation.metrics.find(({ name }) => name === "loss");
  const raw = {
    ...line({ name: words("raw"), x: step, y: loss }),
    line: { color: BEHIND, width: 1 },
    zorder: -1,
  };
  return figure({
    description: words("lossDescription"),
    y: words("loss"),
    steps: countSteps({ current, ghosts }, settings),
    log,
    height: 280,
    traces: [
      smoothed,
      ...(validation ? [marked(words("validation"), current, validation.values)] : []),
      ...(smoothing > 0 ? [{ ...raw, showlegend: false, hoverinfo: "skip" }] : []),
      ...(settings.ghosts ? ghosts : []).map((ghost, index) => ({
        ...line({ name: words("earlier"), x: ghost.curves.step, y: smooth(ghost.curves.loss, smoothing) }),
        line: { color: GHOST, width: 1.25, dash: "dot" },
        showlegend: index === 0,
        legendgroup: "earlier",
        zorder: -2,
      })),
    ],
  });
}

/** What validation measured besides the loss; undefined where there is nothing. */
export function maybeMetricsFigure(
  { current, ghosts }: Runs,
  settings: BoardSettings,
): FigureOutput | undefined {
  const metrics = current.validation.metrics.filter(({ name }) => name !== "loss");
  // In the first epoch there is room for what is to come; later there would have been something.
  const measured = metrics.some(({ values }) => values.length > 0);
  if (metrics.length === 0 || (!measured && (current.epoch > 1 || current.done))) return undefined;
  const shares = metrics.every(({ values }) => values.every((value) => value >= 0 && value <= 1));
  const behind = (settings.ghosts ? ghosts : []).flatMap((ghost) =>
    ghost.validation.metrics
      .filter(({ name }) => metrics.some((metric) => metric.name === name))
      .map(({ name, values }) => ({
        ...line({ name: metricName(name), x: ghost.validation.step, y: values }),
        line: { color: GHOST, width: 1.25, dash: "dot" },
        showlegend: false,
        zorder: -2,
      })),
  );
  return figure({
    description: words("metricsDescription"),
    y: metrics.length === 1 ? metricName(metrics[0].name) : words("metrics"),
    steps: countSteps({ current, ghosts }, settings),
    height: 200,
    ...(shares && { range: [0, 1.02] }),
    traces: [...metrics.map(({ name, values }) => marked(metricName(name), current, values)), ...behind],
  });
}

/** The learning rate of each step, and the gradient's length. */
export function rateFigures(runs: Runs, settings: BoardSettings): FigureOutput[] {
  const { step, lr, gradNorm } = runs.current.curves;
  const single = (name: "lr" | "gradNorm", y: Curve) =>
    figure({
      description: words(name),
      y: words(name),
      steps: countSteps(runs, settings),
      log: settings.log && name === "gradNorm",
      height: 170,
      traces: [line({ name: words(name), x: step, y })],
    });
  return [
    ...(lr.length > 0 ? [single("lr", lr)] : []),
    ...(gradNorm.length > 0 ? [single("gradNorm", gradNorm)] : []),
  ];
}

/** Steps that the axis has room for: all that are to come, so that it stands still while a curve grows. */
function countSteps({ current, ghosts }: Runs, settings: BoardSettings): number {
  const own = current.done ? current.step : current.totalSteps;
  return Math.max(own, ...(settings.ghosts ? ghosts.map(({ step }) => step) : []));
}

interface FigureSpec {
  readonly description: FigureOutput["description"];
  readonly traces: readonly Readonly<Record<string, unknown>>[];
  readonly height: number;
  readonly steps: number;
  readonly y: unknown;
  readonly log?: boolean;
  readonly range?: readonly number[];
}

function figure({ description, traces, height, steps, y, log = false, range }: FigureSpec): FigureOutput {
  return {
    kind: "figure",
    description,
    data: traces,
    layout: {
      height,
      showlegend: traces.filter((trace) => trace.showlegend !== false).length > 1,
      xaxis: { title: { text: words("step") }, range: [0, steps * 1.02] },
      yaxis: {
        title: { text: y },
        ...(log ? { type: "log" } : { rangemode: "tozero" }),
        ...(range && { range }),
      },
    },
  };
}

function line({ name, x, y }: { name: unknown; x: Curve; y: Curve }) {
  return { type: "scatter", mode: "lines", name, x, y };
}

/** A curve with a mark at each validation. */
function marked(name: unknown, { validation }: TrainingOutput, values: Curve) {
  return { ...line({ name, x: validation.step, y: values }), mode: "lines+markers" };
}

type Word = Exclude<keyof (typeof TRAINING_WORDS)["en"], "epoch" | "smoothing">;

function words(name: Word) {
  return { en: TRAINING_WORDS.en[name], ko: TRAINING_WORDS.ko[name] };
}

function metricName(name: string) {
  return Object.hasOwn(METRIC_WORDS, name) ? METRIC_WORDS[name] : name;
}
