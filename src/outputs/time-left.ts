import type { Language } from "./language.ts";

/** Time left in words, as coarse as it is far: "about 2 min 10 s left". */
export function describeTimeLeft(seconds: number, language: Language): string {
  const words = WORDS[language];
  if (seconds < 1) return words.soon;
  // Past a minute the seconds are guesses: steps of ten; past an hour, no seconds at all.
  const total =
    seconds < 60 ? Math.round(seconds) : seconds < 3600 ? roundTo(seconds, 10) : roundTo(seconds, 60);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const rest = total % 60;
  const parts = [hours && words.hours(hours), minutes && words.minutes(minutes), rest && words.seconds(rest)];
  return words.left(parts.filter(Boolean).join(" "));
}

function roundTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}

const WORDS = {
  en: {
    soon: "less than a second left",
    hours: (count: number) => `${count} h`,
    minutes: (count: number) => `${count} min`,
    seconds: (count: number) => `${count} s`,
    left: (time: string) => `about ${time} left`,
  },
  ko: {
    soon: "1초 안에 끝납니다",
    hours: (count: number) => `${count}시간`,
    minutes: (count: number) => `${count}분`,
    seconds: (count: number) => `${count}초`,
    left: (time: string) => `약 ${time} 남았습니다`,
  },
};
