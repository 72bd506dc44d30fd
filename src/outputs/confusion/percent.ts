/** "93%"; a dash where there is no share. */
export function percent(share: number | undefined, { digits = 0 } = {}): string {
  return share === undefined ? "–" : `${(share * 100).toFixed(digits)}%`;
}
