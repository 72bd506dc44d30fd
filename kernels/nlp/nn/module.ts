import * as tf from "@tensorflow/tfjs";
import { LearnerError } from "../error.ts";
import { createRandom } from "../random.ts";
import { describeShape, toFloat, type Numbers } from "./tensors.ts";

/** Weights by name, in PyTorch's naming: "hidden.weight", "layers.0.bias". */
export type StateDict = Record<string, tf.Variable>;

export interface LoadStateDictOptions {
  /**
   * Every parameter must be in the state and nothing else. Default true. A parameter that two layers share may stand
   * there under any of its names.
   */
  readonly strict?: boolean;
}

/**
 * The base of every layer and model, after torch.nn.Module.
 *
 * A subclass puts its parameters (`tf.Variable`) and its layers (other modules, or lists of them) into properties of
 * its own and says in `forward` how an output is computed. The names of those properties are the names in the state
 * dict, unless `ownParameters()` or `namedChildren()` say otherwise. A property that is a tensor and no variable is a
 * buffer: a table, say, that is neither learnt nor saved.
 *
 * A module owns its parameters and buffers: `dispose()` frees them. What `forward` returns belongs to the caller.
 *
 * @ko 모든 층과 모델의 바탕이 되는 클래스입니다.
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
export abstract class Module<Input = tf.Tensor, Output = tf.Tensor, Rest extends unknown[] = []> {
  /** Whether the module is being trained: dropout drops only then. Changed by `train()` and `eval()`. */
  training = true;

  /** `Rest`: the types of what a layer takes beside its input, as a decoder takes the encoder's output. */
  abstract forward(input: Input, ...rest: Rest): Output;

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

  /** The parameters of the module itself, without those of the modules inside it, by name. */
  ownParameters(): [string, tf.Variable][] {
    return Object.entries(this).filter(
      (entry): entry is [string, tf.Variable] => entry[1] instanceof tf.Variable,
    );
  }

  /** Every parameter of the module and of those inside it, with its full name. */
  namedParameters(): [string, tf.Variable][] {
    const inner = this.namedChildren().flatMap(([child, module]) =>
      module
        .namedParameters()
        .map(([name, parameter]): [string, tf.Variable] => [`${child}.${name}`, parameter]),
    );
    return [...this.ownParameters(), ...inner];
  }

  /** The same without names; a parameter that two layers share comes once. */
  parameters(): tf.Variable[] {
    return [...new Set(this.namedParameters().map(([, parameter]) => parameter))];
  }

  /** The tensors of the module and of those inside it that are computed once and not learnt: neither saved nor loaded. */
  buffers(): tf.Tensor[] {
    const own = Object.values(this).filter(
      (value): value is tf.Tensor => value instanceof tf.Tensor && !(value instanceof tf.Variable),
    );
    return [...new Set([...own, ...this.namedChildren().flatMap(([, module]) => module.buffers())])];
  }

  /**
   * The parameters themselves, not copies: they change as the model trains. One that two layers share stands there
   * once, under its first name.
   */
  stateDict(): StateDict {
    const state: StateDict = {};
    const seen = new Set<tf.Variable>();
    for (const [name, parameter] of this.namedParameters()) {
      if (!seen.has(parameter)) state[name] = parameter;
      seen.add(parameter);
    }
    return state;
  }

  /** Copies weights into the parameters, from tensors (which stay the caller's) or nested lists of numbers. */
  loadStateDict(state: Readonly<Record<string, Numbers>>, options: LoadStateDictOptions = {}): this {
    const { strict = true } = options;
    const parameters = this.namedParameters();
    const loaded = parameters.filter(([name]) => name in state);
    if (strict) {
      const filled = new Set(loaded.map(([, parameter]) => parameter));
      checkKeys(Object.keys(state), {
        expected: Object.keys(this.stateDict()),
        missing: Object.entries(this.stateDict()).flatMap(([name, own]) => (filled.has(own) ? [] : [name])),
        known: parameters.map(([name]) => name),
        where: this.#where("loadStateDict"),
      });
    }
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

  /** Computes something in evaluation mode and goes back to the mode before. */
  inEvaluation<T>(compute: () => T): T {
    const { training } = this;
    this.eval();
    try {
      return compute();
    } finally {
      if (training) this.train();
    }
  }

  /**
   * A new start for everything in the module that draws at random while it trains: dropout. The same seed before the
   * same step gives the same masks, so a training that was broken off can be taken up again.
   */
  reseed(seed: number): this {
    const random = createRandom(seed);
    for (const [, child] of this.namedChildren()) child.reseed(random.integer(2 ** 32));
    return this;
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

  /** Frees every parameter and buffer. The module cannot be used any more. */
  dispose(): void {
    for (const tensor of [...this.parameters(), ...this.buffers()]) tensor.dispose();
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
export type AnyModule = Module<never, unknown, never>;

function* describeTree(
  module: AnyModule,
  { name, depth }: { name: string; depth: number },
): Generator<[string, string, string]> {
  const indent = "  ".repeat(depth);
  const kind = module.constructor.name;
  yield [`${indent}${name === "" ? kind : `${name}: ${kind}`}`, module.describe(), ""];
  for (const [key, value] of module.ownParameters()) {
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
  {
    expected,
    missing,
    known,
    where,
  }: { expected: readonly string[]; missing: readonly string[]; known: readonly string[]; where: string },
): void {
  const foreign = given.filter((name) => !known.includes(name));
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
