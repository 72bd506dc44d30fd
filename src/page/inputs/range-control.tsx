import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { ControlFrame, getFieldAttributes } from "./control-frame.tsx";
import { isDisabled, type ControlProps } from "./control-props.ts";
import "./range-control.css";
import { PlayButton } from "./play-button.tsx";
import { createRangeScale } from "./range-scale.ts";
import { useControlValue } from "./use-control-value.ts";

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/** A slider, and beside it a field for the same number. */
export function RangeControl(props: ControlProps<"range">) {
  const { output, control, language, onValue } = props;
  const { min, max, step, scale: kind, formatted, placeholder } = control;
  const id = useId();
  const { value, set, move, sendAhead, setUnsent, hold, letGo } = useControlValue<number>(output, onValue);
  /** What is in the field while the reader types: "0." is on the way to a number. */
  const [typed, setTyped] = useState<string>();
  const scale = useMemo(() => createRangeScale({ min, max, step, scale: kind }), [min, max, step, kind]);
  const disabled = isDisabled(props);
  const { track } = scale;
  const position = scale.toTrack(value);
  const isShort = formatted !== undefined && formatted !== String(value);

  const slider = useRef<HTMLInputElement>(null);
  const onDragged = useRef<(x: number) => void>(undefined);
  useEffect(() => {
    onDragged.current = (x) => sendAhead(scale.fromShare(shareAt(slider.current!, x)));
  });
  useEffect(() => {
    const { current } = slider;
    // `pointermove` and `input` wait for the browser's next frame; this event does not.
    const onRawUpdate = (event: Event) => onDragged.current?.((event as PointerEvent).clientX);
    current?.addEventListener("pointerrawupdate", onRawUpdate);
    return () => current?.removeEventListener("pointerrawupdate", onRawUpdate);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const steps = STEPS[event.key];
    const inField = event.currentTarget instanceof HTMLInputElement && event.currentTarget.type === "number";
    if (!steps || (inField && event.key.match(/Left|Right/))) return;
    event.preventDefault();
    setTyped(undefined);
    move((from) => scale.nudge(from, steps));
  };
  const onTyped = (text: string) => {
    setTyped(text);
    const number = Number(text);
    if (text.trim() !== "" && number >= min && number <= max) set(scale.snap(number));
  };
  const onTypedEnd = () => {
    if (typed === undefined) return;
    const number = Number(typed);
    // A number outside goes to the nearer end; what is no number, back to the value.
    if (typed.trim() !== "" && Number.isFinite(number)) {
      const snapped = scale.snap(number);
      if (snapped !== value) set(snapped);
      else setUnsent(snapped);
    }
    setTyped(undefined);
  };

  return (
    <ControlFrame output={output} language={language} id={id}>
      {control.play !== undefined && (
        <PlayButton
          beat={control.play}
          atEnd={value >= scale.snap(max)}
          disabled={disabled}
          language={language}
          onStep={() => set(scale.nudge(value, 1))}
          onRewind={() => set(scale.snap(min))}
        />
      )}
      <input
        {...getFieldAttributes(id, { output, language })}
        ref={slider}
        class="range-slider"
        type="range"
        min={track.min}
        max={track.max}
        step={track.step}
        value={position}
        disabled={disabled}
        aria-valuetext={formatted !== undefined && value === output.value ? formatted : String(value)}
        style={{ "--share": (position - track.min) / (track.max - track.min) }}
        onInput={(event) => {
          setTyped(undefined);
          set(scale.fromTrack(event.currentTarget.valueAsNumber));
        }}
        onKeyDown={onKeyDown}
        onPointerDown={hold}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        onBlur={letGo}
      />
      <input
        class="control-field control-number"
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step="any"
        value={typed ?? String(value)}
        placeholder={placeholder}
        disabled={disabled}
        aria-label={FIELD[language]}
        onInput={(event) => onTyped(event.currentTarget.value)}
        onChange={onTypedEnd}
        onBlur={onTypedEnd}
        onKeyDown={onKeyDown}
      />
      {isShort && (
        <output class="control-note" for={id} data-late={value === output.value ? undefined : ""}>
          {formatted}
        </output>
      )}
    </ControlFrame>
  );
}

const FIELD = { en: "Value", ko: "값" };

/** How far along its track a slider's thumb is that has its middle under this x, 0 … 1. The thumb is 1rem wide. */
function shareAt(slider: HTMLInputElement, x: number): number {
  const { left, width } = slider.getBoundingClientRect();
  const thumb = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.min(1, Math.max(0, (x - left - thumb / 2) / (width - thumb)));
}
