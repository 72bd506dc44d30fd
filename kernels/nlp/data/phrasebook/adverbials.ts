import type { Tense } from "./conjugate.ts";

export interface Place {
  readonly ko: string;
  readonly at: string;
  /** Where one goes; undefined where one does not. */
  readonly to?: string;
}

export const PLACES = {
  home: { ko: "집", at: "at home", to: "home" },
  school: { ko: "학교", at: "at school", to: "to school" },
  library: { ko: "도서관", at: "at the library", to: "to the library" },
  park: { ko: "공원", at: "in the park", to: "to the park" },
  market: { ko: "시장", at: "at the market", to: "to the market" },
  restaurant: { ko: "식당", at: "at the restaurant", to: "to the restaurant" },
  office: { ko: "회사", at: "at the office", to: "to the office" },
  hospital: { ko: "병원", at: "at the hospital", to: "to the hospital" },
  beach: { ko: "바닷가", at: "at the beach", to: "to the beach" },
  seoul: { ko: "서울", at: "in Seoul", to: "to Seoul" },
  busan: { ko: "부산", at: "in Busan", to: "to Busan" },
  room: { ko: "방", at: "in the room" },
  kitchen: { ko: "부엌", at: "in the kitchen" },
} satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;

export interface Time {
  readonly ko: string;
  readonly en: string;
  /** Stands before the verb in English: often. Default: at the end. */
  readonly early?: boolean;
}

export const TIMES: Readonly<Record<Tense, readonly Time[]>> = {
  past: [
    { ko: "어제", en: "yesterday" },
    { ko: "지난주에", en: "last week" },
    { ko: "지난 주말에", en: "last weekend" },
    { ko: "오늘 아침에", en: "this morning" },
  ],
  present: [
    { ko: "매일", en: "every day" },
    { ko: "아침마다", en: "every morning" },
    { ko: "주말마다", en: "every weekend" },
    { ko: "자주", en: "often", early: true },
  ],
  future: [
    { ko: "내일", en: "tomorrow" },
    { ko: "다음 주에", en: "next week" },
    { ko: "이번 주말에", en: "this weekend" },
    { ko: "오늘 저녁에", en: "this evening" },
  ],
};

export const VEHICLES = ["bus", "subway", "train", "boat", "car", "bicycle"] as const;
