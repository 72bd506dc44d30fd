import type { Autopsy, Loss } from "../../nlp/decode/index.ts";
import type { Localized, Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import type { AutopsyOutput } from "./output.ts";
import { checkText, kindOf } from "./text.ts";

export interface BeamAutopsyOptions {
  /** A token's own text: `(id) => tokenizer.idToToken(id)`. */
  readonly token: (id: number) => string;
  /** The text of an output: `(ids) => tokenizer.decode(ids)`. Default: its tokens with blanks between them. */
  readonly text?: (ids: readonly number[]) => string;
  readonly caption?: Text;
}

/**
 * Why a search did not return the output that was wanted: the step at which it was lost, the smallest beam that keeps it, and
 * whether the search or the model is to blame.
 *
 * @ko 탐색이 원하는 출력을 어느 단계에서 왜 잃었는지 보여 줍니다.
 * @example beamAutopsy(await autopsy(model, input, { target, numBeams: 4 }), { token: (id) => vocabulary[id] })
 */
export function beamAutopsy(autopsy: Autopsy, options: BeamAutopsyOptions): AutopsyOutput {
  checkArguments(autopsy, options);
  const { token, caption } = options;
  const text = options.text ?? ((ids: readonly number[]) => ids.map(token).join(" "));
  const { verdict, targetScore, best, loss, smallestBeam, trials, trace } = autopsy;
  return brandOutput({
    kind: "autopsy",
    numBeams: trace.numBeams,
    verdict,
    target: targetScore.tokens.map((scored) => ({
      token: token(scored.token),
      logProbability: scored.logProbability,
      rank: scored.rank,
      best: token(scored.best.token),
    })),
    targetScore: targetScore.score,
    best: { text: text(best.tokens), score: best.score },
    loss: loss && { step: loss.step, margin: loss.margin, why: describeLoss(loss, token) },
    smallestBeam,
    trials,
    caption,
  });
}

function describeLoss({ reason, step, margin, by }: Loss, token: (id: number) => string): Localized {
  const short = margin === null ? "?" : margin.toFixed(2);
  switch (reason) {
    case "beam":
      return {
        en: `At step ${step} it fell out of the beam: ${short} short of the last that was kept.`,
        ko: `${step}단계에서 빔 밖으로 밀려났습니다. 마지막으로 남은 후보보다 ${short} 모자랐습니다.`,
      };
    case "late":
      return {
        en: `At step ${step} it would have ended, but was ${short} short of the best candidates of that step.`,
        ko: `${step}단계에서 끝날 수 있었지만 그 단계의 상위 후보보다 ${short} 모자랐습니다.`,
      };
    case "pool":
      return {
        en: `At step ${step} better outputs had ended; it was ${short} short of them.`,
        ko: `${step}단계에 더 나은 문장들이 이미 끝나 있었고, 그보다 ${short} 모자랐습니다.`,
      };
    case "stopped":
      return {
        en: `The search ended before step ${step}, while its beginning was still in the beam.`,
        ko: `앞부분이 아직 빔 안에 있었지만 ${step}단계 전에 탐색이 끝났습니다.`,
      };
    case "undrawn":
      return {
        en: `At step ${step} another token was drawn.`,
        ko: `${step}단계에서 다른 토큰이 뽑혔습니다.`,
      };
    case "forbidden": {
      const run = by?.ngram?.map(token).join(" ");
      return {
        en: `At step ${step} a rule forbids it: ${by?.option}${run === undefined ? "" : ` (“${run}”)`}.`,
        ko: `${step}단계에서 규칙 ${by?.option}이(가) 막습니다${run === undefined ? "" : `(“${run}”)`}.`,
      };
    }
    default:
      return reason satisfies never;
  }
}

function checkArguments(autopsy: unknown, options: unknown): void {
  const { targetScore, trace } = (autopsy ?? {}) as Partial<Autopsy>;
  if (!targetScore || !trace)
    throw new TypeError(
      `beamAutopsy takes what autopsy of gongbu/decode found, but was given ${kindOf(autopsy)}: await autopsy(model, input, { target }).`,
    );
  const { token, caption } = (options ?? {}) as Partial<BeamAutopsyOptions>;
  if (typeof token !== "function")
    throw new TypeError(
      `beamAutopsy(autopsy, { token }) takes a function from a token's id to its text, but was given ${kindOf(token)}.`,
    );
  if (caption !== undefined) checkText(caption, "beamAutopsy: the caption");
}
