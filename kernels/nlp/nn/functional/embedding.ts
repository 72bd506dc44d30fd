import * as tf from "@tensorflow/tfjs";
import { LearnerError } from "../../error.ts";
import { checkAlive } from "../tensors.ts";
import { withGradient } from "./with-gradient.ts";

export interface EmbeddingParameters {
  readonly weight: tf.Tensor;
  /** The row of this id gets no gradient: the vector of padding stays as it is. Default: none. */
  readonly paddingIdx?: number;
}

/**
 * The layer `Embedding` as a function of its parameters: row `id` of the weight for each id,
 *
 *     y[...] = W[ids[...]]        ids [...] whole numbers, W [size, dim] → y [..., dim]
 *
 * which is the product of a one-hot vector with W, without the multiplications by zero. The gradient of a row is the
 * sum of what came back from all the places at which its id stood.
 *
 * @ko 번호마다 가중치의 한 행을 꺼내 벡터로 바꿉니다.
 */
export function embedding(ids: tf.Tensor, { weight, paddingIdx }: EmbeddingParameters): tf.Tensor {
  checkAlive(weight, { where: "embedding", what: "weight" });
  checkAlive(ids, { where: "embedding", what: "ids" });
  const [size, width] = weight.shape;
  checkEmbeddingIds(ids, size);
  return tf.tidy(() => {
    const whole = ids.dtype === "int32" ? ids : tf.cast(ids, "int32");
    const flat = tf.reshape(whole, [-1]) as tf.Tensor1D; // [n]
    const rows = withGradient({ weight }, () => ({
      value: tf.gather(weight, flat), // [n, dim]
      saved: { flat },
      gradient(g, { flat }) {
        const counted = paddingIdx === undefined ? g : tf.mul(g, columnWithout(flat, paddingIdx)); // [n, dim]
        return { weight: tf.unsortedSegmentSum(counted, flat as tf.Tensor1D, size) };
      },
    }));
    return tf.reshape(rows, [...ids.shape, width]); // [..., dim]
  });
}

/** 1 for each id but `id`, which gets 0: [n] → [n, 1] */
function columnWithout(ids: tf.Tensor, id: number): tf.Tensor {
  return tf.expandDims(tf.cast(tf.notEqual(ids, tf.scalar(id, "int32")), "float32"), 1);
}

function checkEmbeddingIds(ids: tf.Tensor, size: number): void {
  const values = ids.dataSync();
  for (let index = 0; index < values.length; index++) {
    const id = values[index];
    if (id >= 0 && id < size && Number.isInteger(id)) continue;
    throw new LearnerError({
      code: "out-of-range",
      where: "embedding",
      given: { en: `Id ${index} is ${id}.`, ko: `${index}번 id가 ${id}입니다.` },
      expected: {
        en: `There are ${size} vectors: an id is a whole number from 0 to ${size - 1}.`,
        ko: `벡터는 ${size}개이며, id는 0부터 ${size - 1}까지의 정수입니다.`,
      },
      remedy: {
        en: "Make the layer as large as the vocabulary: `vocabSize` of the tokenizer that made the ids.",
        ko: "층을 어휘 크기로 만드십시오. id를 만든 토크나이저의 `vocabSize`입니다.",
      },
    });
  }
}
