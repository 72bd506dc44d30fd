import type { DecodingStrategy } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import { ScrollBox } from "../scroll-box.tsx";
import { DECODING_WORDS } from "./decoding-words.ts";

export interface StrategyTableProps {
  readonly strategies: readonly DecodingStrategy[];
  readonly language: Language;
}

/** A row a strategy, with its metrics over all inputs and its time; the best of each metric is marked. */
export function StrategyTable({ strategies, language }: StrategyTableProps) {
  const words = DECODING_WORDS[language];
  const metrics = [...new Set(strategies.flatMap((strategy) => strategy.metrics.map(({ name }) => name)))];
  const timed = strategies.some(({ seconds }) => seconds !== undefined);
  if (metrics.length === 0 && !timed) return null;
  const value = ({ metrics: measured }: DecodingStrategy, name: string) =>
    measured.find((metric) => metric.name === name)?.value;
  const best = new Map(
    metrics.map((name) => [
      name,
      Math.max(...strategies.map((strategy) => value(strategy, name) ?? -Infinity)),
    ]),
  );
  return (
    <ScrollBox label={words.label}>
      <table class="decoding-table">
        <thead>
          <tr>
            <th scope="col" class="output-label">
              {words.strategy}
            </th>
            {metrics.map((name) => (
              <th key={name} scope="col" class="output-label">
                {name}
              </th>
            ))}
            {timed && (
              <th scope="col" class="output-label">
                {words.time}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {strategies.map((strategy, index) => (
            <tr key={index}>
              <th scope="row">{inLanguage(strategy.name, language)}</th>
              {metrics.map((name) => {
                const measured = value(strategy, name);
                const isBest = measured !== undefined && measured === best.get(name) && strategies.length > 1;
                return (
                  <td key={name} data-best={isBest ? "" : undefined}>
                    {measured === undefined ? "–" : formatNumber(measured, { digits: 1 })}
                    {isBest && <span class="output-hidden"> {words.best}</span>}
                  </td>
                );
              })}
              {timed && (
                <td>
                  {strategy.seconds === undefined
                    ? "–"
                    : words.seconds(
                        formatNumber(strategy.seconds, { digits: strategy.seconds < 10 ? 2 : 0 }),
                      )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
