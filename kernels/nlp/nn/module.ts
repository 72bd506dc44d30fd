import * as tf from "@tensorflow/tfjs";
import { LearnerError } from "../error.ts";
import { describeShape, toFloat, type Numbers } from "./tensors.ts";

/** Weights by name, in PyTorch's naming: "hidden.weight", "layers.0.bias". */
export type StateDict = Record<string, tf.Variable>;

export interface LoadStateDictOptions {
  /** Every parameter must be in the state and nothing else. Default true. */
  readonly strict?: boolean;
}

/**
 * The base of every layer and model, after torch.nn.Module.
 *
 * A subclass puts its parameters (`tf.Variable`) and its layers (other modules, or lists of them) into properties of
 * its own and says in `forward` how an output is computed. The names of those properties are the names in the state dict.
 *
 * A module owns its parameters: `dispose()` frees them. What `forward` returns belongs to the caller.
 *
 * @example
 * class TwoLayers extends Module {
 *   hidden = new Linear(100, 16, { seed: 1 });
 *   output = new Linear(16, 4, { seed: 2 });
 *   forward(input: tf.Tensor) {
 *     return this.output.forward(tf.tanh(this.hidden.forward(input)));
 *   }
 * }
 * new TwoLayers().parameters(); // 4 variables: hidden.weight, hidden.bias, output.weight, output.bias
 */
export abstract class Module<Input = tf.Tensor, Output = tf.Tensor> {
  /** Whether the module is being trained: dropout drops only then. Changed by `train()` and `eval()`. */
  training = true;

  abstract forward(input: Input): Output;

  /** A few words on the sizes, for the summary: "100 → 16". */
  describe(): string {
    return "";
  }

  /** The modules directly inside this one, by name. */
  namedChildren(): [string, AnyModule][] {
    return Object.entries(this).flatMap(([name, value]): [string, AnyModule][] => {
      if (value instanceof Module) return [[name, value]];
      if (!Array.isArray(value)) return [];
      return value.flatMap((item, index): [string, AnyModule][] =>
        item instanceof Module ? [[`${name}.${index}`, item]] : [],
      );
    });
  }

  /** Every parameter of the module and of those inside it, with its full name. */
  namedParameters(): [string, tf.Variable][] {
    const own = Object.entries(this).filter(
      (entry): entry is [string, tf.Variable] => entry[1] instanceof tf.Variable,
    );
    const inner = this.namedChildren().flatMap(([child, module]) =>
      module
        .namedParameters()
        .map(([name, parameter]): [string, tf.Variable] => [`${child}.${name}`, parameter]),
    );
    return [...own, ...inner];
  }

  /** The same without names; a parameter that two layers share comes once. */
  parameters(): tf.Variable[] {
    return [...new Set(this.namedParameters().map(([, parameter]) => parameter))];
  }

  /** The parameters themselves, not copies: they change as the model trains. */
  stateDict(): StateDict {
    return Object.fromEntries(this.namedParameters());
  }

  /** Copies weights into the parameters, from tensors (which stay the caller's) or nested lists of numbers. */
  loadStateDict(state: Readonly<Record<string, Numbers>>, options: LoadStateDictOptions = {}): this {
    const { strict = true } = options;
    const parameters = this.stateDict();
    if (strict)
      checkKeys(Object.keys(state), {
        expected: Object.keys(parameters),
        where: this.#where("loadStateDict"),
      });
    const loaded = Object.entries(parameters).filter(([name]) => name in state);
    tf.tidy(() => {
      const values = loaded.map(([name]) => toFloat(state[name]));
      loaded.forEach(([name, parameter], index) =>
        checkShape(values[index], { name, expected: parameter.shape, where: this.#where("loadStateDict") }),
      );
      // A clone: a parameter that is assigned to itself would free its numbers first.
      loaded.forEach(([, parameter], index) => parameter.assign(values[index].clone()));
    });
    return this;
  }

  /** Training mode, for this module and those inside it. */
  train(): this {
    return this.#setTraining(true);
  }

  /** Evaluation mode: nothing is dropped, the same input gives the same output. */
  eval(): this {
    return this.#setTraining(false);
  }

  /** How many numbers are learnt. */
  parameterCount(): number {
    return this.parameters().reduce((sum, parameter) => sum + parameter.size, 0);
  }

  /** The module as a text: each layer, each parameter with its shape and how many numbers it has. */
  summary(): string {
    const lines = [...describeTree(this, { name: "", depth: 0 })];
    const width = (column: 0 | 1) => Math.max(...lines.map((line) => line[column].length));
    const [first, second] = [width(0), width(1)];
    const body = lines.map(([name, shape, count]) =>
      `${name.padEnd(first)}  ${shape.padEnd(second)}  ${count.padStart(10)}`.trimEnd(),
    );
    return [...body, `${formatCount(this.parameterCount())} parameters`].join("\n");
  }

  /** Frees every parameter. The module cannot be used any more. */
  dispose(): void {
    for (const parameter of this.parameters()) parameter.dispose();
  }

  #setTraining(training: boolean): this {
    this.training = training;
    for (const [, child] of this.namedChildren()) {
      if (training) child.train();
      else child.eval();
    }
    return this;
  }

  #where(method: string): string {
    return `${this.constructor.name}.${method}`;
  }
}

/** A module whatever goes in and comes out. */
export type AnyModule = Module<never, unknown>;

function* describeTree(
  module: AnyModule,
  { name, depth }: { name: string; depth: number },
): Generator<[string, string, string]> {
  const indent = "  ".repeat(depth);
  const kind = module.constructor.name;
  yield [`${indent}${name === "" ? kind : `${name}: ${kind}`}`, module.describe(), ""];
  for (const [key, value] of Object.entries(module)) {
    if (value instanceof tf.Variable)
      yield [`${indent}  ${key}`, describeShape(value.shape), formatCount(value.size)];
  }
  for (const [child, inner] of module.namedChildren())
    yield* describeTree(inner, { name: child, depth: depth + 1 });
}

function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

function checkKeys(
  given: readonly string[],
  { expected, where }: { expected: readonly string[]; where: string },
): void {
  const missing = expected.filter((name) => !given.includes(name));
  const foreign = given.filter((name) => !expected.includes(name));
  if (missing.length === 0 && foreign.length === 0) return;
  const list = (names: readonly string[]) => (names.length === 0 ? "–" : names.join(", "));
  throw new LearnerError({
    code: "shape-mismatch",
    where,
    given: {
      en: `Missing: ${list(missing)}. Not known here: ${list(foreign)}.`,
      ko: `없는 것: ${list(missing)}. 여기서 모르는 것: ${list(foreign)}.`,
    },
    expected: {
      en: `The names must be those of this model: ${list(expected)}.`,
      ko: `이름이 이 모델의 것과 같아야 합니다: ${list(expected)}.`,
    },
    remedy: {
      en: "Make the model with the options that it was saved with, or pass `strict: false` to load what fits.",
      ko: "저장할 때와 같은 옵션으로 모델을 만들거나, 맞는 것만 불러오려면 `strict: false`를 넘기십시오.",
    },
  });
}

function checkShape(
  value: tf.Tensor,
  { name, expected, where }: { name: string; expected: readonly number[]; where: string },
): void {
  if (describeShape(value.shape) === describeShape(expected)) return;
  throw new LearnerError({
    code: "shape-mismatch",
    where,
    given: {
      en: `\`${name}\` has the shape ${describeShape(value.shape)}.`,
      ko: `\`${name}\`의 모양이 ${describeShape(value.shape)}입니다.`,
    },
    expected: {
      en: `This model's is ${describeShape(expected)}.`,
      ko: `이 모델에서는 ${describeShape(expected)}입니다.`,
    },
    remedy: {
      en: "Make the model with the sizes that it was saved with.",
      ko: "저장할 때와 같은 크기로 모델을 만드십시오.",
    },
  });
}
