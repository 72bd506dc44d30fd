/** The way between a slider's track and its value: linear, or through orders of magnitude. */

export interface RangeScaleSpec {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly scale?: "linear" | "log";
}

export interface RangeScale {
  /** The track's own ends and step: what the browser's slider is given. */
  readonly track: { readonly min: number; readonly max: number; readonly step: number | "any" };
  toTrack(value: number): number;
  /** The value at a place of the track, on a step where there are steps. */
  fromTrack(position: number): number;
  /** The value so far along the track, 0 … 1. */
  fromShare(share: number): number;
  /** So many steps on; where there are none, so many hundredths of the track. Always another value, short of the ends. */
  nudge(value: number, steps: number): number;
  /** Inside the ends, on a step. */
  snap(value: number): number;
}

/** Figures of a value that has no step of its own: more than a hand can set. */
const SIGNIFICANT = 3;

export function createRangeScale({ min, max, step, scale = "linear" }: RangeScaleSpec): RangeScale {
  const log = scale === "log";
  const ends = log ? { min: Math.log10(min), max: Math.log10(max) } : { min, max };
  const toTrack = (value: number) => (log ? Math.log10(value) : value);
  const clamp = (value: number) => Math.min(max, Math.max(min, value));
  const snap = (value: number) => {
    const inside = clamp(value);
    // As the kernel does it: through a decimal string, so that 0.1 + 2 × 0.1 is 0.3.
    return step
      ? Math.min(max, Number((min + Math.round((inside - min) / step) * step).toPrecision(12)))
      : inside;
  };
  const round = (value: number) => {
    if (log) return Number(value.toPrecision(SIGNIFICANT));
    const digits = SIGNIFICANT - Math.floor(Math.log10(max - min));
    return Number(value.toFixed(Math.min(20, Math.max(0, digits))));
  };
  const fromTrack = (position: number) => {
    // The ends are the learner's own numbers, whatever rounding would make of them.
    if (position <= ends.min) return snap(min);
    if (position >= ends.max) return snap(max);
    const value = log ? 10 ** position : position;
    return step ? snap(value) : clamp(round(value));
  };
  return {
    track: { ...ends, step: log ? "any" : (step ?? "any") },
    toTrack,
    fromTrack,
    fromShare: (share) => fromTrack(ends.min + share * (ends.max - ends.min)),
    snap,
    nudge(value, steps) {
      const moved = fromTrack(toTrack(value) + (steps * (ends.max - ends.min)) / 100);
      if (!step) return moved;
      const stepped = snap(value + steps * step);
      // On a logarithmic track a hundredth may be less than a step, or many.
      return log && Math.abs(moved - value) > Math.abs(stepped - value) ? moved : stepped;
    },
  };
}
