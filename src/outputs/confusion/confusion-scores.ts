/** What a confusion matrix says of each class. Rows are the truth, columns the prediction. */
export interface ConfusionScores {
  readonly total: number;
  /** Share of the examples that are on the diagonal. Undefined without examples. */
  readonly accuracy?: number;
  /** Of the examples of a class, the share that was found. Undefined where the class has none. */
  readonly recall: readonly (number | undefined)[];
  /** Of the predictions of a class, the share that was right. Undefined where it was never predicted. */
  readonly precision: readonly (number | undefined)[];
  /** The harmonic mean of the two: 0 where both are 0. Undefined where one of them is. */
  readonly f1: readonly (number | undefined)[];
  readonly truths: readonly number[];
}

export function getConfusionScores(counts: readonly (readonly number[])[]): ConfusionScores {
  const truths = counts.map((row) => sum(row));
  const predictions = counts.map((_, column) => sum(counts.map((row) => row[column])));
  const total = sum(truths);
  const right = sum(counts.map((row, i) => row[i]));
  const recall = counts.map((row, i) => share(row[i], truths[i]));
  const precision = counts.map((row, i) => share(row[i], predictions[i]));
  const f1 = recall.map((r, i) => {
    const p = precision[i];
    if (r === undefined || p === undefined) return undefined;
    return r + p === 0 ? 0 : (2 * r * p) / (r + p);
  });
  return { total, accuracy: share(right, total), recall, precision, f1, truths };
}

export interface Confusion {
  readonly truth: number;
  readonly prediction: number;
  readonly count: number;
}

/** The mistake made most often; undefined where there is none. */
export function maybeWorstConfusion(counts: readonly (readonly number[])[]): Confusion | undefined {
  let worst: Confusion | undefined;
  counts.forEach((row, truth) =>
    row.forEach((count, prediction) => {
      if (truth !== prediction && count > (worst?.count ?? 0)) worst = { truth, prediction, count };
    }),
  );
  return worst;
}

function share(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
