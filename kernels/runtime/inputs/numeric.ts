import type { Text } from "../localized.ts";
import { Control, type ControlOptions } from "./control.ts";

export interface RangeOptions extends ControlOptions<number> {
  readonly step?: number;
  /** "log": the slider moves through orders of magnitude, as a learning rate does. */
  readonly scale?: "linear" | "log";
  /** How the value is written beside the slider. */
  readonly format?: (value: number) => string;
  readonly placeholder?: string;
  /** A button that moves the slider step by step to its end: through the epochs of a training, say. Milliseconds a step; true: 500. */
  readonly play?: boolean | number;
  readonly validate?: (value: number) => boolean | Text;
}

/** Milliseconds that a step stands when a slider plays. */
const BEAT = 500;

/** A slider with a number beside it. `Inputs.range([0, 1], { step: 0.01, value: 0.5, label: "…" })` */
export function range(
  extent: readonly [number, number] = [0, 1],
  options: RangeOptions = {},
): Control<number> {
  const [min, max] = checkExtent("Inputs.range", extent);
  if (!Number.isFinite(min) || !Number.isFinite(max))
    throw new TypeError(`Inputs.range: a slider needs a finite extent, but was given [${extent}].`);
  const { label, step, scale = "linear", format, placeholder, disabled, width, debounce, validate } = options;
  const { play } = options;
  if (play !== undefined && typeof play !== "boolean" && !(typeof play === "number" && play > 0))
    throw new TypeError(
      `Inputs.range: play takes true or milliseconds above 0, but was given ${String(play)}.`,
    );
  if (play && !step) throw new TypeError("Inputs.range: a slider that plays needs a step.");
  if (scale === "log" && min <= 0) {
    throw new TypeError(`Inputs.range: a logarithmic scale needs a minimum above 0, but was given ${min}.`);
  }
  const middle = scale === "log" ? Math.sqrt(min * max) : (min + max) / 2;
  const read = (given: unknown) => snapTo(toNumber("Inputs.range", given), { min, max, step });
  return new Control({
    value: read(options.value ?? middle),
    describe: (value) => ({
      type: "range",
      ...{ label, min, max, step, scale, placeholder, disabled, width, debounce },
      ...(play && { play: play === true ? BEAT : play }),
      ...(format && { formatted: String(format(value)) }),
    }),
    show: (value) => value,
    read,
    accept: read,
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
  const read = (given: unknown) =>
    given === undefined || given === null || given === "" ? undefined : toNumber("Inputs.number", given);
  return new Control<number | undefined>({
    value: read(value),
    describe: () => ({
      type: "number",
      ...{ label, step, placeholder, disabled, width, debounce, required },
      ...(min !== -Infinity && { min }),
      ...(max !== Infinity && { max }),
    }),
    show: (given) => given,
    read,
    accept: read,
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
  // The last step that fits; the small excess lets 10 × 0.1 be 1.
  const steps = Math.min(Math.round((clamped - min) / step), Math.floor((max - min) / step + 1e-9));
  // Through a decimal string, so that 0.1 + 2 × 0.1 is 0.3.
  return Number((min + steps * step).toPrecision(12));
}

function toNumber(name: string, given: unknown): number {
  const isNumeric = typeof given === "number" || (typeof given === "string" && given.trim() !== "");
  const value = isNumeric ? Number(given) : NaN;
  if (Number.isNaN(value)) {
    const shown = typeof given === "number" ? String(given) : JSON.stringify(given);
    throw new TypeError(`${name}: expected a number, but was given ${shown}.`);
  }
  return value;
}

function outOf(min: number, max: number): Text {
  return { en: `Give a number from ${min} to ${max}.`, ko: `${min}부터 ${max} 사이의 수를 넣어야 합니다.` };
}
