import { checkNotEmpty } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";

/** Which label may follow which, true where it may: what a scheme such as BIO forbids is never predicted. */
export interface TransitionConstraints {
  /** `transitions[from][to]` */
  readonly transitions: readonly (readonly boolean[])[];
  /** With which labels a sequence may begin. Default: any. */
  readonly start?: readonly boolean[];
  /** With which it may end. Default: any. */
  readonly end?: readonly boolean[];
}

export interface ViterbiOptions {
  /** Scores of a label after another, `transitions[from][to]`. Default: 0. */
  readonly transitions?: ArrayLike<ArrayLike<number>>;
  /** Scores of the first label. Default: 0. */
  readonly start?: ArrayLike<number>;
  /** Scores of the last label. Default: 0. */
  readonly end?: ArrayLike<number>;
  /** Default: every label may follow every other. */
  readonly constraints?: TransitionConstraints;
}

export interface ViterbiPath {
  readonly labels: number[];
  /** The sum of all scores along the path; −Infinity if the constraints allow none. */
  readonly score: number;
}

/**
 * The sequence of labels with the largest sum of scores:
 *
 *     best(t, j) = max over i of best(t − 1, i) + transitions[i][j]  +  emissions[t][j]
 *
 * remembering at each step from which i the best came, and walked back from the best end. emissions [time][labels] →
 * labels [time]. time · labels² steps find what labels^time sequences hold.
 *
 * Source: A. Viterbi, "Error Bounds for Convolutional Codes and an Asymptotically Optimum Decoding Algorithm", 1967.
 *
 * @ko 점수의 합이 가장 큰 레이블 열을 찾습니다.
 * @example
 * viterbi([[1, 0], [0, 0.5]], { transitions: [[0, -1], [0, 0]] }).labels; // [0, 0]: the change costs more than it gains
 */
export function viterbi(
  emissions: ArrayLike<ArrayLike<number>>,
  { transitions, start, end, constraints }: ViterbiOptions = {},
): ViterbiPath {
  checkNotEmpty(emissions, { where: "viterbi", what: "emissions" });
  const [time, count] = [emissions.length, emissions[0].length];
  checkSizes({ transitions, start, end, constraints }, count);
  const allowed = (flags: readonly boolean[] | undefined, label: number) =>
    (flags?.[label] ?? true) ? 0 : -Infinity;
  const step = (from: number, to: number) =>
    (transitions?.[from][to] ?? 0) + allowed(constraints?.transitions[from], to);

  let best = Array.from(
    emissions[0],
    (emission, label) => emission + (start?.[label] ?? 0) + allowed(constraints?.start, label),
  );
  const cameFrom: Int32Array[] = [];
  for (let t = 1; t < time; t++) {
    const from = new Int32Array(count);
    best = Array.from(emissions[t], (emission, to) => {
      let highest = best[0] + step(0, to);
      for (let label = 1; label < count; label++) {
        const score = best[label] + step(label, to);
        if (score > highest) [highest, from[to]] = [score, label];
      }
      return highest + emission;
    });
    cameFrom.push(from);
  }
  const totals = best.map((score, label) => score + (end?.[label] ?? 0) + allowed(constraints?.end, label));
  const last = totals.reduce((top, score, label) => (score > totals[top] ? label : top), 0);
  const labels = [last];
  for (let t = cameFrom.length - 1; t >= 0; t--) labels.push(cameFrom[t][labels[labels.length - 1]]);
  return { labels: labels.reverse(), score: totals[last] };
}

function checkSizes({ transitions, start, end, constraints }: ViterbiOptions, count: number): void {
  const lists = {
    transitions,
    start,
    end,
    "constraints.transitions": constraints?.transitions,
    "constraints.start": constraints?.start,
    "constraints.end": constraints?.end,
  };
  for (const [name, list] of Object.entries(lists)) {
    if (!list || list.length === count) continue;
    throw new LearnerError({
      code: "shape-mismatch",
      where: "viterbi",
      given: {
        en: `\`emissions\` scores ${count} labels, \`${name}\` has the length ${list.length}.`,
        ko: `\`emissions\`의 레이블은 ${count}개, \`${name}\`의 길이는 ${list.length}입니다.`,
      },
      expected: { en: "They must be equal.", ko: "서로 같아야 합니다." },
      remedy: {
        en: "Make the constraints from the same list of labels as the model.",
        ko: "모델과 같은 레이블 목록으로 제약을 만드십시오.",
      },
    });
  }
}
