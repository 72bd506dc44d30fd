import type { AutopsyOutput, AutopsyToken } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import { visibleToken } from "../tokens/token-text.ts";
import { AUTOPSY_WORDS } from "./autopsy-words.ts";
import "./beam-autopsy.css";

export interface BeamAutopsyProps {
  readonly output: AutopsyOutput;
  readonly language: Language;
}

/** What was wanted, token by token, with the place where the search lost it, and how wide a beam would have kept it. */
export function BeamAutopsy({ output, language }: BeamAutopsyProps) {
  const words = AUTOPSY_WORDS[language];
  const { verdict, target, targetScore, best, loss, smallestBeam, trials, caption } = output;
  const tell = (score: number | null) => (score === null ? "–" : formatNumber(score, { digits: 3 }));
  return (
    <figure class="autopsy" data-verdict={verdict} aria-label={words.label}>
      <p class="autopsy-verdict">
        <strong>{words.verdicts[verdict]}</strong>{" "}
        {words.reasons[verdict]({ target: tell(targetScore), best: tell(best.score) })}
      </p>
      <p class="output-label">{words.wanted}</p>
      <ol class="autopsy-tokens">
        {target.map((scored, index) => (
          <li
            key={index}
            data-lost={loss !== null && index + 1 >= loss.step ? "" : undefined}
            title={describe(scored, language)}
          >
            {loss?.step === index + 1 && (
              <span class="autopsy-cut">
                ✂<span class="output-hidden"> {words.cut}</span>
              </span>
            )}
            <Token scored={scored} language={language} />
          </li>
        ))}
      </ol>
      <p class="autopsy-detail">{loss === null ? words.kept : inLanguage(loss.why, language)}</p>
      <p class="output-label">{words.returned}</p>
      <p class="autopsy-returned">{best.text}</p>
      {trials.length > 0 && (
        <>
          <ol class="autopsy-trials" aria-label={words.width}>
            {trials.map(({ numBeams, survived, kept }) => (
              <li
                key={numBeams}
                data-kept={kept ? "" : undefined}
                data-present={numBeams === output.numBeams ? "" : undefined}
                title={words.trial({ numBeams, survived, length: target.length, kept })}
              >
                <span
                  class="autopsy-bar"
                  style={{ "--share": (kept ? target.length : survived) / target.length }}
                />
                <span aria-hidden="true">{kept ? `${numBeams} ✓` : numBeams}</span>
                <span class="output-hidden">
                  {words.trial({ numBeams, survived, length: target.length, kept })}
                </span>
              </li>
            ))}
          </ol>
          <p class="autopsy-detail">
            {smallestBeam === null
              ? words.none(trials[trials.length - 1].numBeams)
              : words.smallest(smallestBeam)}
          </p>
        </>
      )}
      {caption !== undefined && (
        <figcaption class="output-caption">{inLanguage(caption, language)}</figcaption>
      )}
    </figure>
  );
}

function Token({ scored, language }: { scored: AutopsyToken; language: Language }) {
  const { token, logProbability, rank, best } = scored;
  return (
    <span class="autopsy-token">
      <span class="autopsy-word">{visibleToken(token)}</span>
      <span class="autopsy-note">{formatNumber(Math.exp(logProbability), { digits: 2 })}</span>
      {rank > 0 && (
        <span class="autopsy-note">{AUTOPSY_WORDS[language].rank(rank + 1, visibleToken(best))}</span>
      )}
    </span>
  );
}

function describe({ token, logProbability, rank, best }: AutopsyToken, language: Language): string {
  return AUTOPSY_WORDS[language].token({
    token: visibleToken(token),
    probability: formatNumber(Math.exp(logProbability), { digits: 3 }),
    rank: rank + 1,
    best: visibleToken(best),
  });
}
