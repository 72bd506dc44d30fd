import type { Text } from "../localized.ts";
import { Control, type ControlOptions } from "./control.ts";

export interface RangeOptions extends ControlOptions<number> {
  readonly step?: number;
  /** "log": the slider moves through orders of magnitude, as a learning rate does. */
  readonly scale?: "linear" | "log";
  /** How the value is written beside the slider. */
  readonly format?: (value: number) => string;
  readonly placeholder?: string;
  readonly validate?: (value: number) => boolean | Text;
}

/** A slider with a number beside it. `Inputs.range([0, 1], { step: 0.01, value: 0.5, label: "…" })` */
export function range(
  extent: readonly [number, number] = [0, 1],
  options: RangeOptions = {},
): Control<number> {
  const [min, max] = checkExtent("Inputs.range", extent);
  const { label, step, scale = "linear", format, placeholder, disabled, width, debounce, validate } = options;
  if (scale === "log" && min <= 0) {
    throw new TypeError(`Inputs.range: a logarithmic scale needs a minimum above 0, but was given ${min}.`);
  }
  const middle = scale === "log" ? Math.sqrt(min * max) : (min + max) / 2;
  const snap = (value: number) => snapTo(value, { min, max, step });
  return new Control({
    value: snap(options.value ?? middle),
    describe: (value) => ({
      type: "range",
      ...{ label, min, max, step, scale, placeholder, disabled, width, debounce },
      ...(format && { formatted: String(format(value)) }),
    }),
    show: (value) => value,
    read: (sent) => snap(toNumber("Inputs.range", sent)),
    validate,
  });
}

export interface NumberOptions extends ControlOptions<number> {
  readonly step?: number;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly validate?: (value: number | undefined) => boolean | Text;
}

/** A field for a number. Empty, its value is undefined. */
export function number(
  extent: readonly [number, number] | NumberOptions = [-Infinity, Infinity],
  options: NumberOptions = {},
): Control<number | undefined> {
  if (!Array.isArray(extent)) return number([-Infinity, Infinity], extent as NumberOptions);
  const [min, max] = checkExtent("Inputs.number", extent as readonly [number, number]);
  const { label, step, placeholder, disabled, width, debounce, required, value } = options;
  const validate =
    options.validate ??
    ((given: number | undefined) =>
      given === undefined ? !required : given >= min && given <= max ? true : outOf(min, max));
  return new Control<number | undefined>({
    value,
    describe: () => ({
      type: "number",
      ...{ label, step, placeholder, disabled, width, debounce, required },
      ...(min !== -Infinity && { min }),
      ...(max !== Infinity && { max }),
    }),
    show: (given) => given,
    read: (sent) =>
      sent === undefined || sent === null || sent === "" ? undefined : toNumber("Inputs.number", sent),
    validate,
  });
}

function checkExtent(name: string, extent: readonly [number, number]): readonly [number, number] {
  const [min, max] = extent.map(Number);
  if (!(min < max))
    throw new TypeError(`${name}: the extent must be [min, max] with min < max, but was [${extent}].`);
  return [min, max];
}

function snapTo(value: number, { min, max, step }: { min: number; max: number; step?: number }): number {
  const clamped = Math.min(max, Math.max(min, value));
  if (!step) return clamped;
  // Through a decimal string, so that 0.1 + 2 × 0.1 is 0.3.
  const snapped = Number((min + Math.round((clamped - min) / step) * step).toPrecision(12));
  return Math.min(max, snapped);
}

function toNumber(name: string, sent: unknown): number {
  const value = Number(sent);
  if (Number.isNaN(value) || sent === null)
    throw new TypeError(`${name}: expected a number, but was given ${JSON.stringify(sent)}.`);
  return value;
}

function outOf(min: number, max: number): Text {
  return { en: `Give a number from ${min} to ${max}.`, ko: `${min}부터 ${max} 사이의 수를 넣어야 합니다.` };
}
