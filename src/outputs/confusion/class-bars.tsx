import type { ConfusionOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import { ScrollBox } from "../scroll-box.tsx";
import "./class-bars.css";
import { getConfusionScores } from "./confusion-scores.ts";
import { CONFUSION_WORDS } from "./confusion-words.ts";
import { percent } from "./percent.ts";

const SCORES = ["precision", "recall", "f1"] as const;

/** Each class's precision, recall and F1 as bars, and how many examples it has. */
export function ClassBars({ output, language }: { output: ConfusionOutput; language: Language }) {
  const words = CONFUSION_WORDS[language];
  const scores = getConfusionScores(output.counts);
  return (
    <ScrollBox label={words.classes}>
      <table class="class-bars">
        {output.caption !== undefined && (
          <caption class="output-caption">{inLanguage(output.caption, language)}</caption>
        )}
        <thead>
          <tr>
            <th scope="col" class="output-label">
              {words.class}
            </th>
            {SCORES.map((score) => (
              <th key={score} scope="col" class="output-label">
                {words[score]}
              </th>
            ))}
            <th scope="col" class="output-label">
              {words.support}
            </th>
          </tr>
        </thead>
        <tbody>
          {output.labels.map((label, index) => (
            <tr key={index}>
              <th scope="row">{inLanguage(label, language)}</th>
              {SCORES.map((score) => (
                <td key={score}>
                  <span
                    class="class-bar"
                    data-score={score}
                    style={{ "--share": scores[score][index] ?? 0 }}
                  />
                  {percent(scores[score][index])}
                </td>
              ))}
              <td class="class-bars-support">{formatNumber(scores.truths[index])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
