import type * as tf from "@tensorflow/tfjs";
import { LearnerError } from "../error.ts";
import type { Weights } from "./layers.ts";
import type { Weight } from "./graph.ts";

/** The numbers of a state dict, in the computer's memory. A model that has been disposed of or is not finite is refused. */
export async function readWeights(stateDict: Readonly<Record<string, tf.Tensor>>): Promise<Weights> {
  const entries = await Promise.all(
    Object.entries(stateDict).map(async ([name, tensor]): Promise<[string, Weight]> => {
      if (tensor.isDisposed) throw disposed(name);
      const data = Float32Array.from(await tensor.data());
      if (!data.every(Number.isFinite)) throw notFinite(name);
      return [name, { shape: tensor.shape, data }];
    }),
  );
  return new Map(entries);
}

function disposed(name: string): LearnerError {
  return new LearnerError({
    code: "disposed",
    where: "exportOnnx",
    given: {
      en: `The model's \`${name}\` has been disposed of.`,
      ko: `모델의 \`${name}\`이(가) 이미 해제되었습니다.`,
    },
    expected: {
      en: "A model is exported while it has its weights.",
      ko: "가중치가 남아 있는 모델만 내보낼 수 있습니다.",
    },
    remedy: {
      en: "Export it in the cell that trains it, or load it again.",
      ko: "학습한 셀에서 내보내거나 모델을 다시 불러오십시오.",
    },
  });
}

function notFinite(name: string): LearnerError {
  return new LearnerError({
    code: "not-finite",
    where: "exportOnnx",
    given: { en: `\`${name}\` holds NaN or infinity.`, ko: `\`${name}\`에 NaN이나 무한대가 들어 있습니다.` },
    expected: { en: "Weights are finite numbers.", ko: "가중치는 유한한 수여야 합니다." },
    remedy: {
      en: "Train again from fresh weights with a smaller learning rate, or with `maxGradNorm: 1`.",
      ko: "새 가중치에서 학습률을 줄이거나 `maxGradNorm: 1`을 주고 다시 학습하십시오.",
    },
  });
}
