/** The value below which a share of the values lies: 0.5 is the median. Linear between two values. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError("quantile: there are no values; at least one is expected.");
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.ceil(place);
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
}
