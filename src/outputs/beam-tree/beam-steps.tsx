import { useEffect } from "preact/hooks";
import type { Language } from "../language.ts";
import { BEAM_TREE_WORDS } from "./beam-tree-words.ts";

export interface BeamStepsProps {
  readonly step: number;
  readonly last: number;
  readonly playing: boolean;
  readonly language: Language;
  readonly onStep: (step: number) => void;
  readonly onPlay: (playing: boolean) => void;
}

/** Milliseconds that a step stands when they are played. */
const BEAT = 800;

/** Back and forward, play, and a slider over the steps. */
export function BeamSteps({ step, last, playing, language, onStep, onPlay }: BeamStepsProps) {
  const words = BEAM_TREE_WORDS[language];
  const atEnd = step >= last;

  useEffect(() => {
    if (!playing) return;
    if (atEnd) return onPlay(false);
    const timer = setTimeout(() => onStep(step + 1), BEAT);
    return () => clearTimeout(timer);
  }, [playing, step, atEnd]);

  const button = (icon: Icon, { label, to }: { label: string; to: number }) => (
    <button
      type="button"
      class="beam-button"
      aria-label={label}
      title={label}
      disabled={to === step || to < 1 || to > last}
      onClick={() => {
        onPlay(false);
        onStep(to);
      }}
    >
      <StepIcon icon={icon} />
    </button>
  );

  return (
    <div class="beam-steps">
      {button("first", { label: words.first, to: 1 })}
      {button("back", { label: words.back, to: step - 1 })}
      <button
        type="button"
        class="beam-button"
        aria-label={playing ? words.pause : words.play}
        title={playing ? words.pause : words.play}
        onClick={() => {
          if (!playing && atEnd) onStep(1);
          onPlay(!playing);
        }}
      >
        <StepIcon icon={playing ? "pause" : "play"} />
      </button>
      {button("forward", { label: words.forward, to: step + 1 })}
      {button("last", { label: words.last, to: last })}
      <input
        type="range"
        min={1}
        max={last}
        step={1}
        value={step}
        aria-label={words.position}
        aria-valuetext={words.step(step, last)}
        onInput={({ currentTarget }) => {
          onPlay(false);
          onStep(currentTarget.valueAsNumber);
        }}
      />
      <span class="beam-steps-count">{words.step(step, last)}</span>
    </div>
  );
}

type Icon = keyof typeof ICONS;

/** Shapes in a square of 16. */
const ICONS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M11 3v10L4 8zM12 3h1.5v10H12z",
  play: "M4 2.5v11l9-5.5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  forward: "M5 3v10l7-5zM2.5 3H4v10H2.5z",
  last: "M11 3h2v10h-2zM3 3v10l7-5z",
};

function StepIcon({ icon }: { icon: Icon }) {
  return (
    <svg width="14" height="14" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      <path d={ICONS[icon]} />
    </svg>
  );
}
