import * as tf from "@tensorflow/tfjs";
import { forwardBackward, type ChainScores, type ChainSums } from "./forward-backward.ts";
import { withGradient } from "./with-gradient.ts";

export interface ChainLossOptions extends ChainScores {
  /** The right labels of each example; its length, at least 1, says how many steps count. */
  readonly labels: readonly (readonly number[])[];
}

/**
 * −log of the probability that a linear-chain CRF gives the right labels:
 *
 *     score(y) = start(y₁) + Σ eₜ(yₜ) + Σ transitions(yₜ₋₁, yₜ) + end(y_T)        loss = log Z − score(y)
 *
 * emissions e [batch, time, labels] → [batch]. As with softmax, the gradient is what was predicted less what is true: by
 * an emission P(yₜ = j) − 1[yₜ = j], by a transition how often it is expected less how often it is there.
 */
export function chainLoss(
  emissions: tf.Tensor,
  { labels, transitions, start, end }: ChainLossOptions,
): tf.Tensor {
  const lengths = labels.map(({ length }) => length);
  return tf.tidy(() => {
    const truth = toTruth(labels, emissions.shape as [number, number, number]);
    const lastSteps = toSteps(lengths, { time: emissions.shape[1] as number, only: "last" });
    return withGradient({ emissions, transitions, start, end }, () => {
      const sums = forwardBackward(emissions, { transitions, start, end, lengths });
      const ends = tf.add(
        tf.mul(atStart(truth.nodes), start),
        tf.mul(tf.sum(tf.mul(truth.nodes, lastSteps), 1), end),
      ); // [batch, labels]
      const score = tf.add(
        tf.add(
          tf.sum(tf.mul(emissions, truth.nodes), [1, 2]),
          tf.sum(tf.mul(truth.pairs, transitions), [1, 2]),
        ),
        tf.sum(ends, 1),
      ); // [batch]
      return {
        value: tf.sub(sums.logPartition, score),
        saved: { emissions, transitions, lastSteps, ...sums, ...truth },
        gradient(g, { emissions, transitions, lastSteps, nodes, pairs, ...sums }) {
          const each = tf.reshape(g, [-1, 1, 1]);
          const setting = { transitions, lengths, sums };
          const wrongNodes = tf.mul(each, tf.sub(nodeMarginals(setting), nodes)); // [batch, time, labels]
          const wrongPairs = tf.mul(each, tf.sub(expectedPairs(emissions, setting), pairs)); // [batch, from, to]
          return {
            emissions: wrongNodes,
            transitions: tf.sum(wrongPairs, 0),
            start: tf.sum(atStart(wrongNodes), 0),
            end: tf.sum(tf.mul(wrongNodes, lastSteps), [0, 1]),
          };
        },
      };
    });
  });
}

interface Setting {
  readonly transitions: tf.Tensor;
  readonly lengths: readonly number[];
  readonly sums: ChainSums;
}

/**
 * P(yₜ = j) = exp(αₜ(j) + βₜ(j)) / Z, and 0 after a sequence's end: [batch, time, labels]. At each step the numbers above
 * sum to Z, so the quotient is a softmax, which loses nothing where α and β are large.
 */
export function nodeMarginals({ lengths, sums }: Omit<Setting, "transitions">): tf.Tensor {
  const inside = { time: sums.alpha.shape[1] as number, only: "inside" } as const;
  return tf.tidy(() => tf.mul(tf.softmax(tf.add(sums.alpha, sums.beta)), toSteps(lengths, inside)));
}

/** How often each label is expected after each other: Σₜ exp(αₜ₋₁(i) + transitions(i, j) + eₜ(j) + βₜ(j)) / Z, [batch, from, to]. */
function expectedPairs(emissions: tf.Tensor, { transitions, lengths, sums }: Setting): tf.Tensor {
  const [batch, time, count] = emissions.shape;
  if (time === 1) return tf.zeros([batch, count, count]);
  const rest = [batch, time - 1, count];
  const before = tf.slice(sums.alpha, [0, 0, 0], rest); // [batch, time − 1, from]
  const after = tf.slice(tf.add(emissions, sums.beta), [0, 1, 0], rest); // [batch, time − 1, to]
  const logs = tf.add(tf.add(tf.expandDims(before, 3), tf.expandDims(after, 2)), transitions);
  const pairs = tf.softmax(tf.reshape(logs, [batch, time - 1, count * count])); // at each step they sum to 1
  const inside = tf.slice(toSteps(lengths, { time, only: "inside" }), [0, 1, 0], [batch, time - 1, 1]);
  return tf.reshape(tf.sum(tf.mul(pairs, inside), 1), [batch, count, count]);
}

/** The right labels as counts: of each label at each step, and of each label after each other. */
function toTruth(labels: readonly (readonly number[])[], [batch, time, count]: [number, number, number]) {
  const nodes = new Float32Array(batch * time * count);
  const pairs = new Float32Array(batch * count * count);
  labels.forEach((row, example) =>
    row.forEach((label, step) => {
      nodes[(example * time + step) * count + label] = 1;
      if (step > 0) pairs[(example * count + row[step - 1]) * count + label] += 1;
    }),
  );
  return {
    nodes: tf.tensor3d(nodes, [batch, time, count]),
    pairs: tf.tensor3d(pairs, [batch, count, count]),
  };
}

/** [batch, time, 1]: 1 on the steps within each length, or on the last of them only. */
function toSteps(
  lengths: readonly number[],
  { time, only }: { readonly time: number; readonly only: "inside" | "last" },
): tf.Tensor {
  const flags = lengths.flatMap((length) =>
    Array.from({ length: time }, (_, step) =>
      Number(only === "inside" ? step < length : step === length - 1),
    ),
  );
  return tf.tensor3d(flags, [lengths.length, time, 1]);
}

/** The first step: [batch, time, labels] → [batch, labels] */
function atStart(steps: tf.Tensor): tf.Tensor {
  const [batch, , count] = steps.shape;
  return tf.reshape(tf.slice(steps, [0, 0, 0], [batch, 1, count]), [batch, count]);
}
