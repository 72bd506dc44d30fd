import { useRef, useState } from "preact/hooks";
import type { TrainingOutput } from "../../../kernels/runtime/display/output.ts";
import { Figure } from "../figure/figure.tsx";
import { inLanguage, type Language } from "../language.ts";
import type { Theme } from "../output-view.tsx";
import { Progress } from "../progress.tsx";
import { addRun, type Runs } from "./earlier-runs.ts";
import "./training-board.css";
import { lossFigure, maybeMetricsFigure, rateFigures, type BoardSettings } from "./training-figures.ts";
import { TRAINING_WORDS } from "./training-words.ts";

export interface TrainingBoardProps {
  readonly output: TrainingOutput;
  readonly language: Language;
  readonly theme: Theme;
}

/** A training while it runs and after: how far it is, its curves, and the runs before it as ghosts. */
export function TrainingBoard({ output, language, theme }: TrainingBoardProps) {
  const words = TRAINING_WORDS[language];
  const [settings, setSettings] = useState<BoardSettings>({ smoothing: 0.8, log: false, ghosts: true });
  const [showsRates, setShowsRates] = useState(false);
  const kept = useRef<Runs>(undefined);
  // In the rendering itself, so that a run's first picture has its ghosts; the same output again changes nothing.
  kept.current = addRun(kept.current, output);
  const runs = kept.current;
  const set = (change: Partial<BoardSettings>) => setSettings((before) => ({ ...before, ...change }));
  const metrics = maybeMetricsFigure(runs, settings);

  return (
    <figure class="training" aria-label={words.label}>
      <Progress
        language={language}
        output={{
          kind: "progress",
          label: words.epoch(output.epoch, output.epochs),
          value: output.step,
          total: output.totalSteps,
          unit: words.steps,
          remaining: output.remaining,
          note: describeRate(output, language),
        }}
      />
      <fieldset class="training-settings">
        <legend class="output-hidden">{words.settings}</legend>
        <label>
          {words.smoothing(settings.smoothing.toFixed(2))}
          <input
            type="range"
            min={0}
            max={0.99}
            step={0.01}
            value={settings.smoothing}
            onInput={({ currentTarget }) => set({ smoothing: currentTarget.valueAsNumber })}
          />
        </label>
        <Check label={words.log} checked={settings.log} onChange={(log) => set({ log })} />
        {runs.ghosts.length > 0 && (
          <Check label={words.ghosts} checked={settings.ghosts} onChange={(ghosts) => set({ ghosts })} />
        )}
        <Check label={words.rates} checked={showsRates} onChange={setShowsRates} />
      </fieldset>
      <Figure output={lossFigure(runs, settings)} language={language} theme={theme} />
      {metrics && <Figure output={metrics} language={language} theme={theme} />}
      {showsRates &&
        rateFigures(runs, settings).map((figure, index) => (
          <Figure key={index} output={figure} language={language} theme={theme} />
        ))}
      {output.caption !== undefined && (
        <figcaption class="output-caption">{inLanguage(output.caption, language)}</figcaption>
      )}
    </figure>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label>
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  );
}

/** "1,240 tokens/s": three figures are what a rate is good for. */
function describeRate({ rate, unit }: TrainingOutput, language: Language): string | undefined {
  if (rate === undefined || !Number.isFinite(rate)) return undefined;
  const words = TRAINING_WORDS[language];
  const count = Number(rate.toPrecision(3)).toLocaleString("en-US");
  const name = unit === "tokens" ? words.tokens : words.examples;
  return language === "en" ? `${count} ${name}/s` : `초당 ${name} ${count}개`;
}
