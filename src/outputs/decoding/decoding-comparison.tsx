import { useState } from "preact/hooks";
import type { DecodingOutput, DecodingResult } from "../../../kernels/runtime/display/output.ts";
import { BeamTree } from "../beam-tree/beam-tree.tsx";
import { inLanguage, type Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import "./decoding-comparison.css";
import { DECODING_WORDS } from "./decoding-words.ts";
import { StrategyTable } from "./strategy-table.tsx";
import { findDifference } from "./text-difference.ts";

export interface DecodingComparisonProps {
  readonly output: DecodingOutput;
  readonly language: Language;
}

/** Strategies side by side: their metrics over all inputs, and for one input at a time what each of them wrote. */
export function DecodingComparison({ output, language }: DecodingComparisonProps) {
  const words = DECODING_WORDS[language];
  const { strategies, inputs, caption } = output;
  const [wanted, setInput] = useState(0);
  const [opened, setOpened] = useState<number>();
  const index = Math.min(wanted, inputs.length - 1);
  const input = inputs[index];
  const names = strategies.map(({ name }) => inLanguage(name, language));
  const tree = opened === undefined ? undefined : input?.results[opened]?.tree;

  return (
    <figure class="decoding" aria-label={words.label}>
      <StrategyTable strategies={strategies} language={language} />
      {input && (
        <>
          <div class="decoding-input">
            {inputs.length > 1 && (
              <div class="decoding-steps">
                <Step
                  label={words.previous}
                  sign="←"
                  disabled={index === 0}
                  onClick={() => setInput(index - 1)}
                />
                <span>{words.input(index + 1, inputs.length)}</span>
                <Step
                  label={words.next}
                  sign="→"
                  disabled={index === inputs.length - 1}
                  onClick={() => setInput(index + 1)}
                />
              </div>
            )}
            <dl>
              <dt class="output-label">{words.source}</dt>
              <dd>{input.source}</dd>
              {input.reference !== undefined && (
                <>
                  <dt class="output-label">{words.reference}</dt>
                  <dd>{input.reference}</dd>
                </>
              )}
            </dl>
          </div>
          <ol class="decoding-results">
            {input.results.map((result, at) => (
              <li key={at} data-searching={strategies[at].searching ? "" : undefined}>
                <p class="decoding-name">
                  <strong>{names[at]}</strong>
                  <span>{describe(result, language)}</span>
                  {strategies[at].searching && <em role="status">{words.searching}</em>}
                  {result.tree && (
                    <button
                      type="button"
                      class="output-button"
                      aria-expanded={opened === at}
                      onClick={() => setOpened(opened === at ? undefined : at)}
                    >
                      {opened === at ? words.closeTree : words.tree}
                    </button>
                  )}
                </p>
                <p class="decoding-text">
                  <Text text={result.text} reference={input.reference} language={language} />
                </p>
              </li>
            ))}
          </ol>
          {input.reference !== undefined && (
            <p class="decoding-legend" aria-hidden="true">
              <ins>{words.added}</ins> <del>{words.missing}</del>
            </p>
          )}
          {tree && (
            <section class="decoding-tree" aria-label={words.treeOf(names[opened!])}>
              <p class="output-label">{words.treeOf(names[opened!])}</p>
              <BeamTree output={tree} language={language} />
            </section>
          )}
        </>
      )}
      {caption !== undefined && (
        <figcaption class="output-caption">{inLanguage(caption, language)}</figcaption>
      )}
    </figure>
  );
}

interface StepProps {
  readonly label: string;
  readonly sign: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function Step({ label, sign, disabled, onClick }: StepProps) {
  return (
    <button
      type="button"
      class="output-button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      {sign}
    </button>
  );
}

interface TextProps {
  readonly text: string;
  readonly reference: string | undefined;
  readonly language: Language;
}

/** The text with what is not in the reference underlined, and what only the reference has struck out. */
function Text({ text, reference, language }: TextProps) {
  if (text.trim() === "") return <em>{DECODING_WORDS[language].empty}</em>;
  return (
    <>
      {findDifference(text, reference).map(({ kind, text: part }, index) => {
        const words = index === 0 ? part : ` ${part}`;
        if (kind === "added") return <ins key={index}>{words}</ins>;
        if (kind === "missing") return <del key={index}>{words}</del>;
        return <span key={index}>{words}</span>;
      })}
    </>
  );
}

function describe({ score, length }: DecodingResult, language: Language): string {
  const words = DECODING_WORDS[language];
  const facts = [
    score !== undefined && words.score(formatNumber(score, { digits: 3 })),
    length !== undefined && words.tokens(length),
  ];
  return facts.filter(Boolean).join(" · ");
}
