import { formatNumber } from "../number-format.ts";

interface Told {
  readonly truth: string;
  readonly prediction: string;
  readonly count: number;
  readonly share: string;
}

/** What a confusion matrix says at its margins and of a cell. */
export const CONFUSION_WORDS = {
  en: {
    label: "Confusion matrix",
    truth: "truth",
    prediction: "predicted",
    recall: "recall",
    precision: "precision",
    accuracy: "Accuracy",
    cell: ({ truth, prediction, count, share }: Told) =>
      `Truth ${truth}, predicted ${prediction}: ${formatNumber(count)} (${share})`,
    worst: ({ truth, prediction, count }: Told) =>
      `The most frequent mistake: ${truth} taken for ${prediction}, ${formatNumber(count)} ${count === 1 ? "time" : "times"}.`,
    faultless: "No mistakes.",
  },
  ko: {
    label: "혼동 행렬",
    truth: "정답",
    prediction: "예측",
    recall: "재현율",
    precision: "정밀도",
    accuracy: "정확도",
    cell: ({ truth, prediction, count, share }: Told) =>
      `정답 ${truth}, 예측 ${prediction}: ${formatNumber(count)}건 (${share})`,
    worst: ({ truth, prediction, count }: Told) =>
      `가장 잦은 오류: 정답 ‘${truth}’ → 예측 ‘${prediction}’, ${formatNumber(count)}번입니다.`,
    faultless: "틀린 예측이 없습니다.",
  },
};
