import * as tf from "@tensorflow/tfjs";
import { checkOneOf } from "../../arguments.ts";

/** What becomes of the single losses: each kept, their mean, or their sum. */
export type Reduction = "none" | "mean" | "sum";

export function checkReduction(reduction: Reduction, where: string): void {
  checkOneOf(reduction, { where, what: "reduction", allowed: ["none", "mean", "sum"] });
}

/** @returns the shape of `losses` for "none", else a single number, shape [] */
export function reduce(losses: tf.Tensor, reduction: Reduction): tf.Tensor {
  switch (reduction) {
    case "none":
      return losses;
    case "mean":
      return tf.mean(losses);
    case "sum":
      return tf.sum(losses);
    default:
      return reduction satisfies never;
  }
}
