import { useRef, useState } from "preact/hooks";
import type { ConfusionOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import { ScrollBox } from "../scroll-box.tsx";
import "./confusion-matrix.css";
import { getConfusionScores, maybeWorstConfusion } from "./confusion-scores.ts";
import { CONFUSION_WORDS } from "./confusion-words.ts";

interface CellPlace {
  readonly truth: number;
  readonly prediction: number;
}

/** Counts of truth against prediction, each row coloured by its own shares, with recall and precision beside them. */
export function ConfusionMatrix({ output, language }: { output: ConfusionOutput; language: Language }) {
  const { counts, caption } = output;
  const words = CONFUSION_WORDS[language];
  const labels = output.labels.map((label) => inLanguage(label, language));
  const scores = getConfusionScores(counts);
  const [pointed, setPointed] = useState<CellPlace>();
  const [focused, setFocused] = useState<CellPlace>({ truth: 0, prediction: 0 });
  const table = useRef<HTMLTableElement>(null);

  const tell = ({ truth, prediction }: CellPlace) => {
    const count = counts[truth][prediction];
    const share = percent(scores.truths[truth] > 0 ? count / scores.truths[truth] : undefined, { digits: 1 });
    return { truth: labels[truth], prediction: labels[prediction], count, share };
  };
  const worst = maybeWorstConfusion(counts);
  const summary = worst ? words.worst(tell(worst)) : scores.total > 0 ? words.faultless : "";

  const onKeyDown = (event: KeyboardEvent) => {
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
                    style={{ "--share": scores.truths[truth] > 0 ? count / scores.truths[truth] : 0 }}
                    tabIndex={focused.truth === truth && focused.prediction === prediction ? 0 : -1}
                    aria-label={words.cell(tell({ truth, prediction }))}
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
    </div>
  );
}

function percent(share: number | undefined, { digits = 0 } = {}): string {
  return share === undefined ? "–" : `${(share * 100).toFixed(digits)}%`;
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
