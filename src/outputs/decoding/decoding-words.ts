import type { Language } from "../language.ts";

interface DecodingWords {
  readonly label: string;
  readonly strategy: string;
  readonly time: string;
  readonly seconds: (value: string) => string;
  readonly input: (index: number, count: number) => string;
  readonly previous: string;
  readonly next: string;
  readonly source: string;
  readonly reference: string;
  readonly score: (value: string) => string;
  readonly tokens: (count: number) => string;
  readonly tree: string;
  readonly closeTree: string;
  readonly treeOf: (strategy: string) => string;
  readonly searching: string;
  readonly added: string;
  readonly missing: string;
  readonly empty: string;
  readonly best: string;
}

/** What a comparison of decoding strategies says at its heads, buttons and marks. */
export const DECODING_WORDS: Readonly<Record<Language, DecodingWords>> = {
  en: {
    label: "Strategies side by side",
    strategy: "strategy",
    time: "time",
    seconds: (value) => `${value} s`,
    input: (index, count) => `Input ${index} of ${count}`,
    previous: "The input before",
    next: "The next input",
    source: "input",
    reference: "reference",
    score: (value) => `score ${value}`,
    tokens: (count) => `${count} ${count === 1 ? "token" : "tokens"}`,
    tree: "Tree",
    closeTree: "Close the tree",
    treeOf: (strategy) => `The search of ${strategy}`,
    searching: "searching …",
    added: "not in the reference",
    missing: "only in the reference",
    empty: "(nothing)",
    best: "best",
  },
  ko: {
    label: "디코딩 전략 비교",
    strategy: "전략",
    time: "시간",
    seconds: (value) => `${value}초`,
    input: (index, count) => `입력 ${count}개 중 ${index}번`,
    previous: "이전 입력",
    next: "다음 입력",
    source: "입력",
    reference: "정답",
    score: (value) => `점수 ${value}`,
    tokens: (count) => `토큰 ${count}개`,
    tree: "트리",
    closeTree: "트리 닫기",
    treeOf: (strategy) => `${strategy}의 탐색`,
    searching: "탐색하는 중 …",
    added: "정답에 없는 말",
    missing: "정답에만 있는 말",
    empty: "(없음)",
    best: "가장 높음",
  },
};
