import type { JSX } from "preact";
import type { InputOutput, Output } from "../../kernels/runtime/display/output.ts";
import { ErrorMessage } from "./error-message.tsx";
import { Figure } from "./figure/figure.tsx";
import { InspectTree } from "./inspect/inspect-tree.tsx";
import type { Language } from "./language.ts";
import { lazy } from "./lazy.tsx";
import { LogLine } from "./log-line.tsx";
import "./output-view.css";
import type { Place } from "./place.tsx";
import { PlainText } from "./plain-text.tsx";
import { Progress } from "./progress.tsx";
import { Html } from "./rich/html.tsx";
import { Markdown } from "./rich/markdown.tsx";
import { Table } from "./table/table.tsx";
import { Tokens } from "./tokens/tokens.tsx";

const Attention = lazy(async () => (await import("./attention/attention.tsx")).Attention);
const BeamTree = lazy(async () => (await import("./beam-tree/beam-tree.tsx")).BeamTree);
const BeamAutopsy = lazy(async () => (await import("./autopsy/beam-autopsy.tsx")).BeamAutopsy);
const ConfusionMatrix = lazy(async () => (await import("./confusion/confusion-matrix.tsx")).ConfusionMatrix);
const DecodingComparison = lazy(
  async () => (await import("./decoding/decoding-comparison.tsx")).DecodingComparison,
);
const TrainingBoard = lazy(async () => (await import("./training/training-board.tsx")).TrainingBoard);

export type Theme = "light" | "dark";

export interface OutputViewProps {
  readonly output: Output;
  readonly language: Language;
  readonly theme: Theme;
  /** The output's name for a reader who does not see it, for instance "Output of cell tokenizer". */
  readonly label?: string;
  /** Draws a control. Without it an input shows nothing. */
  readonly renderInput?: (output: InputOutput) => JSX.Element;
  /** Takes the reader to a place. Without it places are words, not buttons. */
  readonly onGoTo?: (place: Place) => void;
  /** The address of the page that explains an error code; undefined where there is none. */
  readonly errorPage?: (code: string) => string | undefined;
}

/** One output of a cell. Keep its key while its slot lives: figures and tables are then updated in place. */
export function OutputView(props: OutputViewProps) {
  const { output, language, label } = props;
  return (
    <div
      class="output"
      lang={language}
      data-kind={output.kind}
      role={label ? "group" : undefined}
      aria-label={label}
    >
      <Renderer {...props} />
    </div>
  );
}

function Renderer({ output, language, theme, renderInput, onGoTo, errorPage }: OutputViewProps) {
  switch (output.kind) {
    case "text":
      return <PlainText output={output} language={language} />;
    case "markdown":
      return <Markdown output={output} language={language} />;
    case "html":
      return <Html output={output} />;
    case "inspect":
      return <InspectTree value={output.value} language={language} />;
    case "figure":
      return <Figure output={output} language={language} theme={theme} />;
    case "table":
      return <Table output={output} language={language} />;
    case "tokens":
      return <Tokens output={output} language={language} />;
    case "confusion":
      return <ConfusionMatrix output={output} language={language} />;
    case "attention":
      return <Attention output={output} language={language} theme={theme} />;
    case "beamTree":
      return <BeamTree output={output} language={language} />;
    case "decoding":
      return <DecodingComparison output={output} language={language} />;
    case "autopsy":
      return <BeamAutopsy output={output} language={language} />;
    case "training":
      return <TrainingBoard output={output} language={language} theme={theme} />;
    case "progress":
      return <Progress output={output} language={language} />;
    case "log":
      return <LogLine output={output} language={language} onGoTo={onGoTo} />;
    case "error":
      return <ErrorMessage error={output.error} language={language} onGoTo={onGoTo} errorPage={errorPage} />;
    case "input":
      return renderInput ? renderInput(output) : null;
    default:
      return output satisfies never;
  }
}
