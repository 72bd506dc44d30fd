import type * as tf from "@tensorflow/tfjs";
import type { AnyModule } from "gongbu/nn";
import { Adam, valueAndGradients } from "gongbu/train";
import { tidy } from "@tensorflow/tfjs";

/** Trains a model on one batch, and returns its loss at every step. */
export function overfit(
  model: AnyModule,
  compute: () => tf.Tensor,
  { steps = 60, lr = 0.02 }: { steps?: number; lr?: number } = {},
): number[] {
  const optimizer = new Adam(model.parameters(), { lr });
  model.train();
  const losses = Array.from({ length: steps }, () =>
    tidy(() => {
      const { value, gradients } = valueAndGradients(compute, model.parameters());
      optimizer.step(gradients);
      return value.dataSync()[0];
    }),
  );
  optimizer.dispose();
  model.eval();
  return losses;
}
