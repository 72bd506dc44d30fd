/**
 * A noisy curve's running mean: each value counts `smoothing` times as much as the one after it.
 *
 *     mᵢ = smoothing · mᵢ₋₁ + (1 − smoothing) · yᵢ        shown: mᵢ / (1 − smoothingⁱ)
 *
 * The division takes away that the mean began at 0 (as Adam does). What has been smoothed does not change when the curve
 * grows. Numbers that are not finite are passed on, and forgotten.
 */
export function smooth(values: readonly number[], smoothing: number): readonly number[] {
  if (smoothing === 0) return values;
  let mean = 0;
  let weight = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    mean = smoothing * mean + (1 - smoothing) * value;
    weight = smoothing * weight + (1 - smoothing);
    return mean / weight;
  });
}
