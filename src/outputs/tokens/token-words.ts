/** What token chips say in their titles, legends and for a reader who hears them. */
export const TOKEN_WORDS = {
  en: {
    label: "Tokens",
    count: (count: number) => `${count} ${count === 1 ? "token" : "tokens"}`,
    padding: "padding",
    paddingCount: (count: number) => `${count} of padding`,
    id: (id: number) => `id ${id}`,
    segment: (type: number) => `segment ${type}`,
    tag: (label: string) => `label ${label}`,
    weight: (weight: string) => `weight ${weight}`,
  },
  ko: {
    label: "토큰",
    count: (count: number) => `토큰 ${count}개`,
    padding: "패딩",
    paddingCount: (count: number) => `패딩 ${count}개`,
    id: (id: number) => `번호 ${id}`,
    segment: (type: number) => `구간 ${type}`,
    tag: (label: string) => `레이블 ${label}`,
    weight: (weight: string) => `가중치 ${weight}`,
  },
};
