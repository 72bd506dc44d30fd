import type { BeamFate } from "../../../kernels/runtime/display/output.ts";
import type { Language } from "../language.ts";

interface Told {
  readonly token: string;
  readonly fate: BeamFate;
  readonly probability: string;
  readonly logProbability: string;
  readonly total: string;
  readonly score: string;
}

interface BeamTreeWords {
  readonly label: string;
  readonly step: (step: number, last: number) => string;
  readonly first: string;
  readonly back: string;
  readonly forward: string;
  readonly last: string;
  readonly play: string;
  readonly pause: string;
  readonly position: string;
  readonly dropped: string;
  readonly fates: Readonly<Record<BeamFate, string>>;
  readonly greedy: string;
  readonly best: string;
  readonly node: (told: Told) => string;
  readonly hint: string;
  readonly pool: string;
  readonly noPool: string;
  readonly columns: {
    readonly text: string;
    readonly score: string;
    readonly total: string;
    readonly length: string;
    readonly since: string;
  };
  readonly pushedOut: (step: number) => string;
  readonly returned: string;
  readonly prompt: string;
  readonly start: string;
}

/** What a beam tree says at its buttons, in its legend and of a node. */
export const BEAM_TREE_WORDS: Readonly<Record<Language, BeamTreeWords>> = {
  en: {
    label: "Beam tree",
    step: (step, last) => `Step ${step} of ${last}`,
    first: "To the beginning",
    back: "A step back",
    forward: "A step forward",
    last: "To the end",
    play: "Play",
    pause: "Pause",
    position: "Step",
    dropped: "What was dropped, at every step",
    fates: { kept: "kept", finished: "ended", pruned: "pruned", forbidden: "forbidden" },
    greedy: "greedy's path",
    best: "the best in the end",
    node: ({ token, probability, logProbability, total, score }) =>
      `“${token}”: probability ${probability} (log ${logProbability}), sum ${total}, score ${score}.`,
    hint: "Point at a token, or move with the arrow keys: up and down in a step, left and right through the steps.",
    pool: "Ended so far, the best first",
    noPool: "Nothing has ended yet.",
    columns: { text: "text", score: "score", total: "sum", length: "tokens", since: "since step" },
    pushedOut: (step) => `pushed out at step ${step}`,
    returned: "returned",
    prompt: "prompt",
    start: "start",
  },
  ko: {
    label: "빔 트리",
    step: (step, last) => `${last}단계 중 ${step}단계`,
    first: "처음으로",
    back: "한 단계 뒤로",
    forward: "한 단계 앞으로",
    last: "끝으로",
    play: "재생",
    pause: "멈춤",
    position: "단계",
    dropped: "단계마다 버려진 후보도 표시",
    fates: { kept: "유지", finished: "끝남", pruned: "가지치기", forbidden: "금지" },
    greedy: "그리디의 경로",
    best: "최종 1위",
    node: ({ token, probability, logProbability, total, score }) =>
      `‘${token}’: 확률 ${probability}(로그 ${logProbability}), 합 ${total}, 점수 ${score}.`,
    hint: "토큰을 가리키거나 화살표 키로 움직이십시오. 위아래는 한 단계 안에서, 좌우는 단계를 옮깁니다.",
    pool: "지금까지 끝난 문장, 점수순",
    noPool: "아직 끝난 문장이 없습니다.",
    columns: { text: "문장", score: "점수", total: "합", length: "토큰", since: "들어온 단계" },
    pushedOut: (step) => `${step}단계에서 밀려남`,
    returned: "결과",
    prompt: "프롬프트",
    start: "시작",
  },
};
