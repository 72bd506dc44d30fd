import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ProgressOutput } from "../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "./language.ts";
import { formatNumber } from "./number-format.ts";
import "./progress.css";
import { describeTimeLeft } from "./time-left.ts";

/** A screen reader hears of a running cell at most this often, in milliseconds. */
const ANNOUNCE_EVERY = 10_000;

/** How far a cell has come, how fast, and how long it will take. */
export function Progress({ output, language }: { output: ProgressOutput; language: Language }) {
  const { label, value, total, rate, unit, remaining, note } = output;
  const words = WORDS[language];
  const id = useId();
  const share = total === undefined ? undefined : total > 0 ? Math.min(1, Math.max(0, value / total)) : 1;
  const units = unit === undefined ? "" : inLanguage(unit, language);
  const count = [
    total === undefined ? formatNumber(value) : `${formatNumber(value)} / ${formatNumber(total)}`,
    units,
  ];
  const done = share === 1;
  const timeLeft = remaining === undefined || done ? undefined : describeTimeLeft(remaining, language);
  const facts = [
    note === undefined ? undefined : inLanguage(note, language),
    rate === undefined ? undefined : words.rate(formatNumber(Number(rate.toPrecision(3))), units),
    timeLeft,
  ];
  const spoken = [share === undefined ? count.join(" ") : `${Math.round(share * 100)}%`, timeLeft];
  const announced = useAnnounced(spoken.filter(Boolean).join(", "), done);
  return (
    <div class="progress">
      <div class="progress-line">
        <span id={id}>{label === undefined ? words.label : inLanguage(label, language)}</span>
        <span>{count.filter(Boolean).join(" ")}</span>
      </div>
      <div
        class="progress-bar"
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={total === undefined ? undefined : value}
        aria-valuetext={spoken.filter(Boolean).join(", ")}
        data-open-ended={share === undefined ? "" : undefined}
      >
        <div class="progress-fill" style={{ "--share": share ?? 1 }} />
      </div>
      <div class="progress-facts">
        {facts.filter(Boolean).map((fact) => (
          <span>{fact}</span>
        ))}
      </div>
      <span class="output-hidden" role="status">
        {announced}
      </span>
    </div>
  );
}

/** The words that a live region speaks: nothing at first, then at most every ten seconds, and the end at once. */
function useAnnounced(words: string, done: boolean): string {
  const [announced, setAnnounced] = useState("");
  const last = useRef<number>(undefined);
  useEffect(() => {
    const now = Date.now();
    last.current ??= now;
    if (now - last.current < ANNOUNCE_EVERY && !done) return;
    last.current = now;
    setAnnounced(words);
  }, [words, done]);
  return announced;
}

const WORDS = {
  en: { label: "Progress", rate: (rate: string, unit: string) => (unit ? `${rate} ${unit}/s` : `${rate}/s`) },
  ko: {
    label: "진행",
    rate: (rate: string, unit: string) => (unit ? `초당 ${rate} ${unit}` : `초당 ${rate}`),
  },
};
