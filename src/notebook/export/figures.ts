/** Outputs that are drawn with Plotly where a script may run: figures, and the curves of a training. */
import type { Output, TrainingOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type ExportLanguage } from "./executed.ts";

export interface PlotlyFigure {
  readonly data: unknown;
  readonly layout: unknown;
}

/** The Plotly figure of an output, in one language; undefined for outputs that have none. */
export function maybePlotlyFigure(output: Output, language: ExportLanguage): PlotlyFigure | undefined {
  switch (output.kind) {
    case "figure":
      return { data: inLanguage(output.data, language), layout: inLanguage(output.layout, language) };
    case "training":
      return toTrainingFigure(output, language);
    default:
      return undefined;
  }
}

/** The loss of each step, and what each validation measured on an axis of its own. */
function toTrainingFigure(
  { curves, validation, caption }: TrainingOutput,
  language: ExportLanguage,
): PlotlyFigure {
  const words = WORDS[language];
  const marked = validation.metrics.map(({ name, values }) => ({
    name: name === "loss" ? words.validation : name,
    mode: "lines+markers",
    x: validation.step,
    y: values,
    ...(name !== "loss" && { yaxis: "y2" }),
  }));
  return {
    data: [{ name: words.training, mode: "lines", x: curves.step, y: curves.loss }, ...marked],
    layout: {
      ...(caption !== undefined && { title: { text: inLanguage(caption, language) } }),
      xaxis: { title: { text: words.step } },
      yaxis: { title: { text: words.loss }, rangemode: "tozero" },
      yaxis2: { overlaying: "y", side: "right", rangemode: "tozero" },
    },
  };
}

const WORDS = {
  en: { training: "training loss", validation: "validation loss", loss: "loss", step: "step" },
  ko: { training: "학습 손실", validation: "검증 손실", loss: "손실", step: "스텝" },
};
