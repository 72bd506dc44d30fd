/** Options that mean nothing without another one, or contradict each other. Most of the file is what they are answered with. */
import { checkInteger } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import type { GenerateOptions } from "./options.ts";
import type { GenerateSettings } from "./settings.ts";

/** What goes with a draw, and the values that change nothing. */
const DRAWING = {
  temperature: [1],
  topK: [50, 0],
  topP: [1],
  minP: [0],
  typicalP: [1],
} satisfies { readonly [Name in keyof GenerateOptions]: readonly number[] };

export function checkContradictions(
  settings: GenerateSettings,
  { options, where }: { options: GenerateOptions; where: string },
): void {
  const { doSample, numBeams, numBeamGroups, numReturnSequences, suppressTokens } = settings;
  if (![true, false, "never"].includes(settings.earlyStopping)) {
    throw contradiction(where, {
      given: {
        en: `\`earlyStopping\` is ${JSON.stringify(settings.earlyStopping)}.`,
        ko: `\`earlyStopping\`이(가) ${JSON.stringify(settings.earlyStopping)}입니다.`,
      },
      expected: { en: 'It is true, false or "never".', ko: 'true, false, "never" 가운데 하나입니다.' },
      remedy: { en: "Choose one of the three.", ko: "셋 가운데 하나를 고르십시오." },
    });
  }
  const idle = (Object.keys(DRAWING) as (keyof typeof DRAWING)[]).find((name) => {
    const value = options[name];
    return value !== undefined && !DRAWING[name].includes(value);
  });
  if (!doSample && idle) {
    throw contradiction(where, {
      given: {
        en: `\`${idle}\` is given, but nothing is drawn.`,
        ko: `\`${idle}\`을(를) 넘겼지만 표본을 뽑지 않습니다.`,
      },
      expected: {
        en: "It changes how a token is drawn, so it works together with `doSample: true`.",
        ko: "토큰을 뽑는 방법을 바꾸는 옵션이므로 `doSample: true`와 함께 씁니다.",
      },
      remedy: {
        en: `Add \`doSample: true\`, or leave \`${idle}\` out.`,
        ko: `\`doSample: true\`를 더하거나 \`${idle}\`을(를) 빼십시오.`,
      },
    });
  }
  if (numReturnSequences > 1 && !doSample && numReturnSequences > numBeams) {
    throw contradiction(where, {
      given: {
        en: `\`numReturnSequences\` is ${numReturnSequences}, \`numBeams\` is ${numBeams}.`,
        ko: `\`numReturnSequences\`가 ${numReturnSequences}, \`numBeams\`가 ${numBeams}입니다.`,
      },
      expected: {
        en: "A search gives no more outputs than it has beams, and greedy search only one.",
        ko: "탐색은 빔의 수보다 많은 출력을 낼 수 없고, 그리디 탐색의 출력은 하나뿐입니다.",
      },
      remedy: {
        en: "Raise `numBeams`, or draw with `doSample: true`.",
        ko: "`numBeams`를 늘리거나 `doSample: true`로 표본을 뽑으십시오.",
      },
    });
  }
  if (doSample && numBeams > 1 && numReturnSequences > numBeams) {
    checkInteger(numReturnSequences, { where, what: "numReturnSequences", min: 1, max: numBeams });
  }
  if (numBeams % numBeamGroups !== 0 || (numBeamGroups > 1 && doSample)) {
    throw contradiction(where, {
      given: {
        en: `\`numBeamGroups\` is ${numBeamGroups}, \`numBeams\` is ${numBeams}, \`doSample\` is ${doSample}.`,
        ko: `\`numBeamGroups\`가 ${numBeamGroups}, \`numBeams\`가 ${numBeams}, \`doSample\`이 ${doSample}입니다.`,
      },
      expected: {
        en: "The beams are shared out evenly among the groups, and groups do not draw.",
        ko: "빔은 그룹에 똑같이 나뉘어야 하고, 그룹에서는 표본을 뽑지 않습니다.",
      },
      remedy: {
        en: "Choose `numBeams` as a multiple of `numBeamGroups`, without `doSample`.",
        ko: "`doSample` 없이, `numBeams`를 `numBeamGroups`의 배수로 고르십시오.",
      },
    });
  }
  if (numBeamGroups === 1 && (options.diversityPenalty ?? 0) > 0) {
    throw contradiction(where, {
      given: {
        en: "`diversityPenalty` is given, but there is one group only.",
        ko: "`diversityPenalty`를 넘겼지만 그룹이 하나뿐입니다.",
      },
      expected: {
        en: "It keeps a group of beams away from what the groups before it chose.",
        ko: "빔의 한 그룹이 앞선 그룹이 고른 토큰을 피하게 하는 옵션입니다.",
      },
      remedy: { en: "Set `numBeamGroups` to 2 or more.", ko: "`numBeamGroups`를 2 이상으로 하십시오." },
    });
  }
  for (const [what, forced] of [
    ["forcedBosTokenId", settings.forcedBosTokenId === undefined ? [] : [settings.forcedBosTokenId]],
    ["forcedEosTokenId", settings.forcedEosTokenIds],
  ] as const) {
    if (forced.length === 0 || forced.some((token) => !suppressTokens.includes(token))) continue;
    throw contradiction(where, {
      given: {
        en: `\`suppressTokens\` holds what \`${what}\` asks for: ${forced.join(", ")}.`,
        ko: `\`${what}\`이(가) 요구하는 ${forced.join(", ")}번 토큰이 \`suppressTokens\`에 들어 있습니다.`,
      },
      expected: {
        en: "A forced token must be allowed.",
        ko: "반드시 나와야 하는 토큰은 허용되어 있어야 합니다.",
      },
      remedy: {
        en: "Take it out of one of the two; against an early end use `minNewTokens`.",
        ko: "둘 중 하나에서 빼십시오. 너무 일찍 끝나는 것을 막으려면 `minNewTokens`를 쓰십시오.",
      },
    });
  }
}

type Words = ConstructorParameters<typeof LearnerError>[0];

function contradiction(where: string, words: Pick<Words, "given" | "expected" | "remedy">): LearnerError {
  return new LearnerError({ code: "wrong-option", where, ...words });
}
