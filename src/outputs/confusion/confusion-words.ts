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
    f1: "F1",
    form: "Drawn as",
    matrix: "Matrix",
    classes: "Per class",
    class: "class",
    support: "examples",
    accuracy: "Accuracy",
    open: "Click a cell, or press Enter on it, to read its examples.",
    more: (count: number) => `… and ${formatNumber(count)} more`,
    close: "Close",
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
    f1: "F1",
    form: "그리는 방법",
    matrix: "행렬",
    classes: "클래스별",
    class: "클래스",
    support: "예문 수",
    accuracy: "정확도",
    open: "칸을 누르거나 Enter 키를 치면 그 칸의 예문을 읽을 수 있습니다.",
    more: (count: number) => `… 외 ${formatNumber(count)}건`,
    close: "닫기",
    cell: ({ truth, prediction, count, share }: Told) =>
      `정답 ${truth}, 예측 ${prediction}: ${formatNumber(count)}건 (${share})`,
    worst: ({ truth, prediction, count }: Told) =>
      `가장 잦은 오류: 정답 ‘${truth}’ → 예측 ‘${prediction}’, ${formatNumber(count)}번입니다.`,
    faultless: "틀린 예측이 없습니다.",
  },
};
