import { useRef, useState } from "preact/hooks";
import type { ConfusionOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import { ScrollBox } from "../scroll-box.tsx";
import { Segments } from "../segments.tsx";
import { ClassBars } from "./class-bars.tsx";
import { ConfusionExamples } from "./confusion-examples.tsx";
import "./confusion-matrix.css";
import { getConfusionScores, maybeWorstConfusion } from "./confusion-scores.ts";
import { CONFUSION_WORDS } from "./confusion-words.ts";
import { percent } from "./percent.ts";

interface CellPlace {
  readonly truth: number;
  readonly prediction: number;
}

interface ConfusionProps {
  readonly output: ConfusionOutput;
  readonly language: Language;
}

/** What was taken for what: as a matrix, or as each class's precision, recall and F1. */
export function ConfusionMatrix({ output, language }: ConfusionProps) {
  const words = CONFUSION_WORDS[language];
  const [form, setForm] = useState<"matrix" | "classes">("matrix");
  return (
    <div>
      <div class="confusion-bar">
        <Segments
          label={words.form}
          options={[words.matrix, words.classes]}
          chosen={form === "matrix" ? 0 : 1}
          onChoose={(index) => setForm(index === 0 ? "matrix" : "classes")}
        />
      </div>
      {form === "matrix" ? (
        <Matrix output={output} language={language} />
      ) : (
        <ClassBars output={output} language={language} />
      )}
    </div>
  );
}

/** Counts of truth against prediction, each row coloured by its own shares, with recall and precision beside them. */
function Matrix({ output, language }: ConfusionProps) {
  const { counts, caption, examples } = output;
  const words = CONFUSION_WORDS[language];
  const labels = output.labels.map((label) => inLanguage(label, language));
  const scores = getConfusionScores(counts);
  const [pointed, setPointed] = useState<CellPlace>();
  const [focused, setFocused] = useState<CellPlace>({ truth: 0, prediction: 0 });
  const [opened, setOpened] = useState<CellPlace>();
  const table = useRef<HTMLTableElement>(null);
  const toggle = (place: CellPlace) =>
    setOpened((before) => (before && isSamePlace(before, place) ? undefined : place));

  const tell = ({ truth, prediction }: CellPlace) => {
    const count = counts[truth][prediction];
    const share = percent(scores.truths[truth] > 0 ? count / scores.truths[truth] : undefined, { digits: 1 });
    return { truth: labels[truth], prediction: labels[prediction], count, share };
  };
  const worst = maybeWorstConfusion(counts);
  const summary = worst ? words.worst(tell(worst)) : scores.total > 0 ? words.faultless : "";

  const onKeyDown = (event: KeyboardEvent) => {
    if (examples && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      toggle(focused);
      return;
    }
    const next = maybeNeighbour(event.key, focused, labels.length);
    if (!next) return;
    event.preventDefault();
    setFocused(next);
    table.current?.querySelector<HTMLElement>(`[data-place="${next.truth}/${next.prediction}"]`)?.focus();
  };

  return (
    <div>
      <ScrollBox label={words.label}>
        <table
          ref={table}
          class="confusion"
          data-opens={examples ? "" : undefined}
          role="grid"
          aria-readonly="true"
          aria-label={caption === undefined ? words.label : undefined}
          onKeyDown={onKeyDown}
        >
          {caption !== undefined && <caption class="output-caption">{inLanguage(caption, language)}</caption>}
          <thead>
            <tr>
              <th class="output-label confusion-corner">
                {words.prediction} →<br />
                {words.truth} ↓
              </th>
              {labels.map((label) => (
                <th scope="col">{label}</th>
              ))}
              <th scope="col" class="output-label">
                {words.recall}
              </th>
            </tr>
          </thead>
          <tbody>
            {counts.map((row, truth) => (
              <tr key={truth}>
                <th scope="row">{labels[truth]}</th>
                {row.map((count, prediction) => (
                  <td
                    class="confusion-cell"
                    data-place={`${truth}/${prediction}`}
                    data-right={truth === prediction ? "" : undefined}
                    data-empty={count === 0 ? "" : undefined}
                    data-opened={opened && isSamePlace(opened, { truth, prediction }) ? "" : undefined}
                    style={{ "--share": scores.truths[truth] > 0 ? count / scores.truths[truth] : 0 }}
                    tabIndex={focused.truth === truth && focused.prediction === prediction ? 0 : -1}
                    aria-label={words.cell(tell({ truth, prediction }))}
                    onClick={examples && (() => toggle({ truth, prediction }))}
                    onMouseEnter={() => setPointed({ truth, prediction })}
                    onMouseLeave={() => setPointed(undefined)}
                    onFocus={() => {
                      setFocused({ truth, prediction });
                      setPointed({ truth, prediction });
                    }}
                    onBlur={() => setPointed(undefined)}
                  >
                    {formatNumber(count)}
                  </td>
                ))}
                <td class="confusion-margin">{percent(scores.recall[truth])}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" class="output-label">
                {words.precision}
              </th>
              {scores.precision.map((precision) => (
                <td class="confusion-margin">{percent(precision)}</td>
              ))}
              <td />
            </tr>
          </tfoot>
        </table>
      </ScrollBox>
      <p class="confusion-detail">
        {pointed && pointed.truth < counts.length
          ? words.cell(tell(pointed))
          : `${words.accuracy} ${percent(scores.accuracy, { digits: 1 })}. ${summary}`}
      </p>
      {examples && !opened && <p class="confusion-detail">{words.open}</p>}
      {examples && opened && opened.truth < counts.length && opened.prediction < counts.length && (
        <ConfusionExamples
          examples={examples.filter((example) => isSamePlace(example, opened))}
          count={counts[opened.truth][opened.prediction]}
          title={words.cell(tell(opened))}
          language={language}
          onClose={() => setOpened(undefined)}
        />
      )}
    </div>
  );
}

function isSamePlace(a: CellPlace, b: CellPlace): boolean {
  return a.truth === b.truth && a.prediction === b.prediction;
}

function maybeNeighbour(key: string, { truth, prediction }: CellPlace, size: number): CellPlace | undefined {
  const inside = (index: number) => Math.min(size - 1, Math.max(0, index));
  switch (key) {
    case "ArrowUp":
      return { truth: inside(truth - 1), prediction };
    case "ArrowDown":
      return { truth: inside(truth + 1), prediction };
    case "ArrowLeft":
      return { truth, prediction: inside(prediction - 1) };
    case "ArrowRight":
      return { truth, prediction: inside(prediction + 1) };
    case "Home":
      return { truth, prediction: 0 };
    case "End":
      return { truth, prediction: size - 1 };
    default:
      return undefined;
  }
}
