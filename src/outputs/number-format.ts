/** Numbers as a reader meets them in a table, a tree or beside a bar. */

const SIGNIFICANT = 4;
const MOST_DIGITS = 6;

/** A number with the digits given after its point; without them, as few as show 4 significant digits. */
export function formatNumber(value: number, { digits }: { digits?: number } = {}): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const magnitude = Math.abs(value);
  if (digits === undefined && value !== 0 && (magnitude < 1e-4 || magnitude >= 1e15)) {
    return withMinus(value.toExponential(2));
  }
  const places = digits ?? countDigits(value);
  // Four figures stand without a separator: years and ids are read as they are.
  const useGrouping = magnitude >= 10_000;
  return withMinus(
    value.toLocaleString("en-US", {
      minimumFractionDigits: places,
      maximumFractionDigits: places,
      useGrouping,
    }),
  );
}

/** Digits after the point with which every value of a column shows 4 significant digits, so that points align. */
export function findColumnDigits(values: readonly unknown[]): number {
  let digits = 0;
  for (const value of values) {
    if (typeof value === "number" && Number.isFinite(value)) digits = Math.max(digits, countDigits(value));
  }
  return digits;
}

function countDigits(value: number): number {
  if (Number.isInteger(value)) return 0;
  const [mantissa, exponent] = value.toExponential(SIGNIFICANT - 1).split("e");
  const kept = mantissa
    .replace("-", "")
    .replace(/\.?0+$/, "")
    .replace(".", "").length;
  return Math.min(MOST_DIGITS, Math.max(0, kept - 1 - Number(exponent)));
}

function withMinus(text: string): string {
  return text.replaceAll("-", "−");
}
