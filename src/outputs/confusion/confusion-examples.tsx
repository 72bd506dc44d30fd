import type { ConfusionExample } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { CONFUSION_WORDS } from "./confusion-words.ts";

export interface ConfusionExamplesProps {
  /** Those of the cell that were sent. */
  readonly examples: readonly ConfusionExample[];
  /** How many there are. */
  readonly count: number;
  readonly title: string;
  readonly language: Language;
  readonly onClose: () => void;
}

/** The texts behind one cell of a confusion matrix. */
export function ConfusionExamples({ examples, count, title, language, onClose }: ConfusionExamplesProps) {
  const words = CONFUSION_WORDS[language];
  return (
    <section class="confusion-examples" aria-label={title}>
      <p class="confusion-examples-title">
        {title}
        <button type="button" class="output-button" onClick={onClose}>
          {words.close}
        </button>
      </p>
      <ul>
        {examples.map(({ text }, index) => (
          <li key={index}>{inLanguage(text, language)}</li>
        ))}
        {count > examples.length && (
          <li class="confusion-examples-more">{words.more(count - examples.length)}</li>
        )}
      </ul>
    </section>
  );
}
