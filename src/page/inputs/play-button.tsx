import { useEffect, useRef, useState } from "preact/hooks";
import type { Language } from "../../outputs/index.ts";

export interface PlayButtonProps {
  /** Milliseconds a step. */
  readonly beat: number;
  readonly atEnd: boolean;
  readonly disabled: boolean;
  readonly language: Language;
  readonly onStep: () => void;
  /** Back to the beginning: it was at the end when it was started. */
  readonly onRewind: () => void;
}

/** Moves a slider step by step until its end, or until it is stopped. */
export function PlayButton({ beat, atEnd, disabled, language, onStep, onRewind }: PlayButtonProps) {
  const [playing, setPlaying] = useState(false);
  const step = useRef(onStep);
  step.current = onStep;

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => step.current(), beat);
    return () => clearInterval(timer);
  }, [playing, beat]);
  useEffect(() => {
    if (atEnd || disabled) setPlaying(false);
  }, [atEnd, disabled]);

  const label = playing ? WORDS[language].pause : WORDS[language].play;
  return (
    <button
      type="button"
      class="control-play"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={() => {
        if (!playing && atEnd) onRewind();
        setPlaying(!playing);
      }}
    >
      <svg width="14" height="14" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
        <path d={playing ? "M4 3h3v10H4zM9 3h3v10H9z" : "M4 2.5v11l9-5.5z"} />
      </svg>
    </button>
  );
}

const WORDS = { en: { play: "Play", pause: "Pause" }, ko: { play: "재생", pause: "멈춤" } };
