import * as tf from "@tensorflow/tfjs";
import type { AnyModule } from "../../../../kernels/nlp/nn/index.ts";
import { createRandom } from "../../../../kernels/nlp/random.ts";

/** Fresh weights of a size at which a model has opinions: it writes many different tokens, and each depends on those before. */
export function enliven<T extends AnyModule>(model: T, seed = 1): T {
  const random = createRandom(seed);
  tf.tidy(() => {
    for (const [name, parameter] of model.namedParameters()) {
      if (/norm.*weight$/.test(name)) continue;
      const scale = name.includes("embedding") ? 0.5 : 0.7;
      const values = Float32Array.from({ length: parameter.size }, () => scale * random.normal());
      parameter.assign(tf.tensor(values, parameter.shape));
    }
  });
  return model.eval();
}
