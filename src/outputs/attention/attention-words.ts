import type { Language } from "../language.ts";

interface Look {
  readonly query: string;
  readonly key: string;
  readonly weight: string;
}

interface AttentionWords {
  readonly label: string;
  readonly views: string;
  readonly heads: string;
  readonly layer: (layer: number) => string;
  readonly head: (layer: number, head: number) => string;
  readonly mean: string;
  readonly meanOf: (layer: number) => string;
  readonly map: string;
  readonly lines: string;
  readonly form: string;
  readonly readMap: string;
  readonly readLines: string;
  readonly masked: string;
  readonly maskedLook: (look: Omit<Look, "weight">) => string;
  readonly look: (look: Look) => string;
  readonly looksAt: (query: string, keys: readonly Omit<Look, "query">[]) => string;
  readonly lookedAtBy: (key: string, queries: readonly Omit<Look, "key">[]) => string;
  readonly hint: string;
}

/** What the picture of attention says at its choices and of a cell. */
export const ATTENTION_WORDS: Readonly<Record<Language, AttentionWords>> = {
  en: {
    label: "Attention",
    views: "Which attention",
    heads: "Layer and head",
    layer: (layer) => `layer ${layer + 1}`,
    head: (layer, head) => `Layer ${layer + 1}, head ${head + 1}`,
    mean: "mean",
    meanOf: (layer) => `Layer ${layer + 1}, mean of its heads`,
    map: "Map",
    lines: "Lines",
    form: "Drawn as",
    readMap: "Rows look at columns; the darker, the more.",
    readLines: "The left side looks at the right; the stronger the line, the more.",
    masked: "masked",
    maskedLook: ({ query, key }) => `${query} may not look at ${key}: masked.`,
    look: ({ query, key, weight }) => `${query} looks at ${key} with ${weight}.`,
    looksAt: (query, keys) =>
      `${query} looks most at ${keys.map(({ key, weight }) => `${key} (${weight})`).join(", ")}.`,
    lookedAtBy: (key, queries) =>
      `${key} is looked at most by ${queries.map(({ query, weight }) => `${query} (${weight})`).join(", ")}.`,
    hint: "Point at a token, or move with the arrow keys, to see where it looks.",
  },
  ko: {
    label: "어텐션",
    views: "어텐션의 종류",
    heads: "층과 헤드",
    layer: (layer) => `${layer + 1}층`,
    head: (layer, head) => `${layer + 1}층 ${head + 1}번 헤드`,
    mean: "평균",
    meanOf: (layer) => `${layer + 1}층 헤드의 평균`,
    map: "지도",
    lines: "선",
    form: "그리는 방법",
    readMap: "행이 열을 봅니다. 진할수록 많이 봅니다.",
    readLines: "왼쪽이 오른쪽을 봅니다. 선이 굵을수록 많이 봅니다.",
    masked: "가려짐",
    maskedLook: ({ query, key }) => `‘${query}’는 ‘${key}’를 볼 수 없습니다(마스크).`,
    look: ({ query, key, weight }) => `‘${query}’ → ‘${key}’: ${weight}`,
    looksAt: (query, keys) =>
      `‘${query}’가 가장 많이 보는 토큰: ${keys.map(({ key, weight }) => `‘${key}’ ${weight}`).join(", ")}`,
    lookedAtBy: (key, queries) =>
      `‘${key}’를 가장 많이 보는 토큰: ${queries.map(({ query, weight }) => `‘${query}’ ${weight}`).join(", ")}`,
    hint: "토큰을 가리키거나 화살표 키로 움직이면 어디를 보는지 나타납니다.",
  },
};
