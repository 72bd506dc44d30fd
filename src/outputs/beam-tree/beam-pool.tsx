import type { BeamTreeOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import { ScrollBox } from "../scroll-box.tsx";
import { BEAM_TREE_WORDS } from "./beam-tree-words.ts";

export interface BeamPoolProps {
  readonly output: BeamTreeOutput;
  readonly step: number;
  readonly language: Language;
}

/** The hypotheses that have ended by this step, the best first; below them what has been pushed out. */
export function BeamPool({ output, step, language }: BeamPoolProps) {
  const words = BEAM_TREE_WORDS[language];
  const { hypotheses, steps, returned } = output;
  const pool = steps[step - 1]?.pool ?? [];
  const gone = [...hypotheses.keys()].filter((id) => {
    const { left } = hypotheses[id];
    return left !== null && left <= step && !pool.includes(id);
  });
  const atEnd = step === steps.length;
  return (
    <div class="beam-pool">
      <p class="output-label">{words.pool}</p>
      {pool.length === 0 ? (
        <p class="beam-detail">{words.noPool}</p>
      ) : (
        <ScrollBox label={words.pool}>
          <table>
            <thead>
              <tr>
                {[
                  words.columns.score,
                  words.columns.text,
                  words.columns.total,
                  words.columns.length,
                  words.columns.since,
                ].map((name) => (
                  <th key={name} scope="col" class="output-label">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...pool, ...gone].map((id) => {
                const { text, score, total, length, entered, left } = hypotheses[id];
                const isGone = !pool.includes(id);
                return (
                  <tr key={id} data-gone={isGone ? "" : undefined}>
                    <td>{formatNumber(score, { digits: 3 })}</td>
                    <td class="beam-pool-text">
                      {text}
                      {isGone && <em> {words.pushedOut(left!)}</em>}
                      {atEnd && !isGone && returned.includes(id) && <strong> {words.returned}</strong>}
                    </td>
                    <td>{formatNumber(total, { digits: 3 })}</td>
                    <td>{length}</td>
                    <td>{entered ?? "–"}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {atEnd && <p class="beam-detail">{inLanguage(output.stop, language)}</p>}
    </div>
  );
}
