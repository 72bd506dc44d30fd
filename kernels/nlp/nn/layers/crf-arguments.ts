/** What may be passed to a `CRF`: the checks of its arguments. */
import * as tf from "@tensorflow/tfjs";
import { LearnerError } from "../../error.ts";
import type { PackedSteps } from "../functional/packed-steps.ts";
import type { TransitionConstraints } from "../functional/viterbi.ts";
import { describeShape, toTensor, type Numbers } from "../tensors.ts";

/** Numbers for each step of each example, as lists. */
export function toRows(
  numbers: Numbers,
  {
    where,
    what,
    batch,
    time,
  }: { readonly where: string; readonly what: string; readonly batch: number; readonly time: number },
): number[][] {
  return tf.tidy(() => {
    const tensor = toTensor(numbers);
    const [given, expected] = [describeShape(tensor.shape), describeShape([batch, time])];
    if (given === expected) return tensor.arraySync() as number[][];
    throw new LearnerError({
      code: "shape-mismatch",
      where,
      given: { en: `\`${what}\` has the shape ${given}.`, ko: `\`${what}\`의 모양이 ${given}입니다.` },
      expected: {
        en: `With this input it must be ${expected}.`,
        ko: `이 입력에는 ${expected}이어야 합니다.`,
      },
      remedy: {
        en: "Give one number for each step of each example; pad the shorter ones.",
        ko: "예시마다 시점마다 수를 하나씩 주고, 짧은 예시는 채우십시오.",
      },
    });
  });
}

export function checkConstraints(
  constraints: TransitionConstraints,
  { labels, where }: { readonly labels: number; readonly where: string },
): void {
  const { transitions, start, end } = constraints;
  const lists = Object.entries({ start, end, transitions }).concat(
    transitions.map((row, from): [string, readonly boolean[]] => [`transitions[${from}]`, row]),
  );
  for (const [name, list] of lists) {
    if (!list || list.length === labels) continue;
    throw new LearnerError({
      code: "shape-mismatch",
      where,
      given: {
        en: `\`constraints.${name}\` has the length ${list.length}.`,
        ko: `\`constraints.${name}\`의 길이가 ${list.length}입니다.`,
      },
      expected: { en: `There are ${labels} labels.`, ko: `레이블은 ${labels}개입니다.` },
      remedy: {
        en: "Make the constraints from the same list of labels as the model.",
        ko: "모델과 같은 레이블 목록으로 제약을 만드십시오.",
      },
    });
  }
}

/** Each label must be one, and no step may be one that the constraints forbid. `chosen`: the labels of `steps.kept`. */
export function checkPaths(
  chosen: readonly (readonly number[])[],
  {
    steps: { examples, kept },
    labels,
    constraints,
  }: {
    readonly steps: PackedSteps;
    readonly labels: number;
    readonly constraints: TransitionConstraints | undefined;
  },
): void {
  chosen.forEach((row, index) =>
    row.forEach((label, place) => {
      const at: Place = { example: examples[index], step: kept[index][place] };
      if (!Number.isInteger(label) || label < 0 || label >= labels) throw unknownLabel(label, at, labels);
      if (!constraints) return;
      const before = place === 0 ? undefined : row[place - 1];
      const entered =
        before === undefined ? (constraints.start?.[label] ?? true) : constraints.transitions[before][label];
      if (!entered) throw forbidden({ from: before ?? "start", to: label }, at);
      const leaves = place < row.length - 1 || (constraints.end?.[label] ?? true);
      if (!leaves) throw forbidden({ from: label, to: "end" }, at);
    }),
  );
}

interface Place {
  readonly example: number;
  readonly step: number;
}

function unknownLabel(label: number, { example, step }: Place, labels: number): LearnerError {
  return new LearnerError({
    code: "unknown-label",
    where: "CRF",
    given: {
      en: `The label of example ${example} at step ${step} is ${label}.`,
      ko: `예시 ${example}의 ${step}번 시점 레이블이 ${label}입니다.`,
    },
    expected: {
      en: `With ${labels} labels an id is a whole number from 0 to ${labels - 1}, or the one to be ignored.`,
      ko: `레이블이 ${labels}개이면 번호는 0부터 ${labels - 1}까지의 정수이거나 무시할 값입니다.`,
    },
    remedy: {
      en: "Check that labels and model count the same labels, and that ids start at 0.",
      ko: "레이블과 모델의 레이블 수가 같은지, 번호가 0부터 시작하는지 확인하십시오.",
    },
  });
}

function forbidden(
  { from, to }: { readonly from: number | "start"; readonly to: number | "end" },
  { example, step }: Place,
): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "CRF",
    given: {
      en: `Example ${example} goes from ${from} to ${to} at step ${step}.`,
      ko: `예시 ${example}이(가) ${step}번 시점에서 ${from}에서 ${to}(으)로 갑니다.`,
    },
    expected: {
      en: "`constraints` forbid that, so the sequence has probability 0 and cannot be learnt.",
      ko: "`constraints`가 금지하므로 이 시퀀스의 확률은 0이고 배울 수 없습니다.",
    },
    remedy: {
      en: "Repair the labels with `convertLabels`, or give the constraints to `decode` only.",
      ko: "`convertLabels`로 레이블을 고치거나 제약을 `decode`에만 주십시오.",
    },
  });
}

export function nothingCounts(batch: number): LearnerError {
  return new LearnerError({
    code: "empty-input",
    where: "CRF",
    given: {
      en: `No step of the ${batch} examples counts.`,
      ko: `예시 ${batch}개에 세는 시점이 하나도 없습니다.`,
    },
    expected: { en: "At least one must.", ko: "적어도 하나는 세어야 합니다." },
    remedy: {
      en: "Leave batches out that hold nothing but padding; a mask is 1 on padding.",
      ko: "패딩만 있는 배치는 빼십시오. 마스크는 패딩에서 1입니다.",
    },
  });
}
