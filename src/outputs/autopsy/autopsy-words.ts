import type { AutopsyOutput } from "../../../kernels/runtime/display/output.ts";
import type { Language } from "../language.ts";

interface Scores {
  readonly target: string;
  readonly best: string;
}

interface AutopsyWords {
  readonly label: string;
  readonly verdicts: Readonly<Record<AutopsyOutput["verdict"], string>>;
  readonly reasons: Readonly<Record<AutopsyOutput["verdict"], (scores: Scores) => string>>;
  readonly wanted: string;
  readonly returned: string;
  readonly kept: string;
  readonly rank: (rank: number, best: string) => string;
  readonly token: (options: { token: string; probability: string; rank: number; best: string }) => string;
  readonly cut: string;
  readonly smallest: (numBeams: number) => string;
  readonly none: (tried: number) => string;
  readonly width: string;
  readonly trial: (options: { numBeams: number; survived: number; length: number; kept: boolean }) => string;
}

/** What an autopsy says: its verdicts, and of each token of what was wanted. */
export const AUTOPSY_WORDS: Readonly<Record<Language, AutopsyWords>> = {
  en: {
    label: "Beam autopsy",
    verdicts: {
      found: "Found",
      "search-error": "Search error",
      "model-error": "Model error",
      forbidden: "Forbidden",
    },
    reasons: {
      found: () => "The search returns what was wanted.",
      "search-error": ({ target, best }) =>
        `The model prefers what was wanted (score ${target}) to what was returned (${best}): the search lost it.`,
      "model-error": ({ target, best }) =>
        `The model itself prefers what was returned (score ${best}) to what was wanted (${target}): no search would help.`,
      forbidden: () => "A rule forbids what was wanted, whatever the model thinks of it.",
    },
    wanted: "wanted",
    returned: "returned",
    kept: "It was among the outputs that ended.",
    rank: (rank, best) => `${ordinal(rank)} after “${best}”`,
    token: ({ token, probability, rank, best }) =>
      rank === 1
        ? `“${token}”: probability ${probability}, the model's first choice`
        : `“${token}”: probability ${probability}, the model's ${ordinal(rank)} choice; it likes “${best}” best`,
    cut: "lost here",
    smallest: (numBeams) => `The smallest beam that keeps it: ${numBeams}.`,
    none: (tried) => `No beam up to ${tried} keeps it.`,
    width: "beams",
    trial: ({ numBeams, survived, length, kept }) =>
      `${numBeams} beams: ${kept ? "keeps it" : `lost after ${survived} of ${length} tokens`}`,
  },
  ko: {
    label: "빔 부검",
    verdicts: {
      found: "찾음",
      "search-error": "탐색 오류",
      "model-error": "모델 오류",
      forbidden: "금지됨",
    },
    reasons: {
      found: () => "탐색이 원하던 문장을 돌려줍니다.",
      "search-error": ({ target, best }) =>
        `모델은 돌려준 문장(점수 ${best})보다 원하던 문장(${target})을 더 좋게 봅니다. 탐색이 놓쳤습니다.`,
      "model-error": ({ target, best }) =>
        `모델부터 원하던 문장(점수 ${target})보다 돌려준 문장(${best})을 더 좋게 봅니다. 어떤 탐색으로도 나오지 않습니다.`,
      forbidden: () => "모델이 어떻게 보든 규칙이 원하던 문장을 막습니다.",
    },
    wanted: "원하던 문장",
    returned: "돌려준 문장",
    kept: "끝난 문장들 안에 있었습니다.",
    rank: (rank, best) => `${rank}위 (1위 ‘${best}’)`,
    token: ({ token, probability, rank, best }) =>
      rank === 1
        ? `‘${token}’: 확률 ${probability}, 모델의 1순위`
        : `‘${token}’: 확률 ${probability}, 모델의 ${rank}순위(1순위는 ‘${best}’)`,
    cut: "여기서 놓침",
    smallest: (numBeams) => `이 문장을 지키는 가장 작은 빔: ${numBeams}개`,
    none: (tried) => `빔을 ${tried}개까지 늘려도 지키지 못합니다.`,
    width: "빔",
    trial: ({ numBeams, survived, length, kept }) =>
      `빔 ${numBeams}개: ${kept ? "지킴" : `토큰 ${length}개 중 ${survived}개까지`}`,
  },
};

function ordinal(rank: number): string {
  const ending = rank % 100 >= 11 && rank % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][rank % 10] ?? "th");
  return `${rank}${ending}`;
}
