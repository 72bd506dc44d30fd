import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { Dropout } from "../layers/dropout.ts";
import { Linear } from "../layers/linear.ts";
import { Module } from "../module.ts";

export interface BagOfWordsClassifierConfig {
  /** The length of a bag: the vocabulary's size. */
  readonly inputSize: number;
  /** Units between bag and classes. Default 0: none, each token votes for each class. */
  readonly hiddenSize?: number;
  readonly classes: number;
  /** The probability with which a number is dropped before the last layer while training. Default 0. */
  readonly dropout?: number;
}

export type BagOfWordsClassifierOptions = BagOfWordsClassifierConfig & RandomOptions;

/**
 * Sorts a text by the words in it, whatever their order:
 *
 *     without hidden units  logits = drop(x) · Wᵀ + b
 *     with                  logits = drop(ReLU(x · Hᵀ + h)) · Wᵀ + b
 *
 * x [batch, inputSize], H [hiddenSize, inputSize], W [classes, hiddenSize or inputSize] → logits [batch, classes]
 *
 * Names in the state dict: hidden.weight, hidden.bias, output.weight, output.bias.
 *
 * @ko 단어의 순서는 보지 않고 들어 있는 단어로 글을 분류하는 모델입니다.
 */
export class BagOfWordsClassifier extends Module {
  readonly config: Required<BagOfWordsClassifierConfig> & { readonly modelType: "bag-of-words-classifier" };
  readonly hidden?: Linear;
  readonly dropout: Dropout;
  readonly output: Linear;

  constructor(options: BagOfWordsClassifierOptions) {
    super();
    const { inputSize, hiddenSize = 0, classes, dropout = 0 } = options;
    const where = "BagOfWordsClassifier";
    checkInteger(inputSize, { where, what: "inputSize", min: 1 });
    checkInteger(hiddenSize, { where, what: "hiddenSize", min: 0 });
    checkInteger(classes, { where, what: "classes", min: 2 });
    const random = toRandom(options);
    this.config = { modelType: "bag-of-words-classifier", inputSize, hiddenSize, classes, dropout };
    this.dropout = new Dropout(dropout, { random });
    if (hiddenSize > 0) this.hidden = new Linear(inputSize, hiddenSize, { random });
    this.output = new Linear(hiddenSize > 0 ? hiddenSize : inputSize, classes, { random });
  }

  forward(bags: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const features = this.hidden ? tf.relu(this.hidden.forward(bags)) : bags; // [batch, hiddenSize or inputSize]
      return this.output.forward(this.dropout.forward(features)); // [batch, classes]
    });
  }
}
