/** Building an ONNX graph: every operation gives the name of its result, which the next one takes. */
import type {
  Attribute,
  Dimension,
  ElementType,
  GraphSpec,
  NodeSpec,
  TensorSpec,
  ValueSpec,
} from "./model-proto.ts";

/** The name of a value in the graph. */
export type Value = string;

/** A weight of the model: its numbers row by row. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface GraphOptions {
  /** Store the matrices of linear layers and embeddings as int8 with a scale for each row. Default false. */
  readonly quantize?: boolean;
}

export class Graph {
  readonly name: string;
  readonly quantize: boolean;
  readonly #nodes: NodeSpec[] = [];
  readonly #initializers = new Map<string, TensorSpec>();
  readonly #inputs: ValueSpec[] = [];
  readonly #outputs: ValueSpec[] = [];
  readonly #parent?: Graph;
  #count = 0;

  constructor(name: string, { quantize = false, parent }: GraphOptions & { readonly parent?: Graph } = {}) {
    this.name = name;
    this.quantize = parent?.quantize ?? quantize;
    this.#parent = parent;
  }

  /** A graph inside this one, for a branch of `If`: it sees this one's values. */
  branch(name: string): Graph {
    return new Graph(name, { parent: this });
  }

  input(name: string, type: ElementType, shape: readonly Dimension[]): Value {
    this.#inputs.push({ name, type, shape });
    return name;
  }

  /** Gives a value the name under which the graph returns it. */
  output(
    name: string,
    value: Value,
    { type = "float32", shape }: { type?: ElementType; shape: readonly Dimension[] },
  ): void {
    this.#nodes.push({ type: "Identity", inputs: [value], outputs: [name], attributes: {} });
    this.#outputs.push({ name, type, shape });
  }

  op(type: string, inputs: readonly Value[], attributes: Readonly<Record<string, Attribute>> = {}): Value {
    return this.ops(type, inputs, { outputs: 1, attributes })[0];
  }

  /** An operation with several results. */
  ops(
    type: string,
    inputs: readonly Value[],
    { outputs, attributes = {} }: { outputs: number; attributes?: Readonly<Record<string, Attribute>> },
  ): Value[] {
    const names = Array.from({ length: outputs }, () => this.#fresh(type.toLowerCase()));
    this.#nodes.push({ type, inputs, outputs: names, attributes });
    return names;
  }

  /** `If` whose branches have the same number of results. */
  choose(
    condition: Value,
    branches: { readonly then: Graph; readonly else: Graph; readonly outputs: number },
  ): Value[] {
    const attributes = { then_branch: branches.then.spec(), else_branch: branches.else.spec() };
    return this.ops("If", [condition], { outputs: branches.outputs, attributes });
  }

  /** Integers, such as a shape or axes. */
  integers(values: readonly number[]): Value {
    const name = `int_${values.join("_").replaceAll("-", "m")}`;
    const data = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.#initialize({ name, type: "int64", shape: [values.length], data });
  }

  integer(value: number): Value {
    const data = new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
    return this.#initialize({
      name: `scalar_${String(value).replace("-", "m")}`,
      type: "int64",
      shape: [],
      data,
    });
  }

  float(value: number): Value {
    const data = new Uint8Array(Float32Array.of(value).buffer);
    return this.#initialize({ name: `float_${value}`, type: "float32", shape: [], data });
  }

  /** A vector or table that is stored as it is. */
  weight(name: string, { shape, data }: Weight): Value {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return this.#initialize({ name, type: "float32", shape, data: bytes });
  }

  /** A matrix [rows, columns], with `quantize` as int8: w ≈ scale[row] · q, q from −127 to 127. */
  matrix(name: string, weight: Weight): Value {
    if (!this.quantize) return this.weight(name, weight);
    const root = this.#root();
    const done = `${name}_float`;
    if (root.#initializers.has(`${name}_int8`)) return done;
    const { scale, quantized } = quantizeRows(weight);
    root.#initialize({
      name: `${name}_int8`,
      type: "int8",
      shape: weight.shape,
      data: new Uint8Array(quantized.buffer),
    });
    root.#initialize({
      name: `${name}_scale`,
      type: "float32",
      shape: [scale.length],
      data: new Uint8Array(scale.buffer),
    });
    const [inputs, outputs] = [[`${name}_int8`, `${name}_scale`], [done]];
    root.#nodes.unshift({ type: "DequantizeLinear", inputs, outputs, attributes: { axis: 0 } });
    return done;
  }

  spec(): GraphSpec {
    const { name } = this;
    const initializers = [...this.#initializers.values()];
    return { name, nodes: this.#nodes, initializers, inputs: this.#inputs, outputs: this.#outputs };
  }

  #initialize(tensor: TensorSpec): Value {
    this.#root().#initializers.set(tensor.name, tensor);
    return tensor.name;
  }

  #root(): Graph {
    return this.#parent ? this.#parent.#root() : this;
  }

  /** Names are told apart throughout: a branch sees those around it. */
  #fresh(stem: string): Value {
    const root = this.#root();
    return `${stem}_${++root.#count}`;
  }
}

function quantizeRows({ shape, data }: Weight): { scale: Float32Array; quantized: Int8Array } {
  const [rows, columns] = shape;
  const scale = new Float32Array(rows);
  const quantized = new Int8Array(data.length);
  for (let row = 0; row < rows; row++) {
    const numbers = data.subarray(row * columns, (row + 1) * columns);
    const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    // A row of zeros has no scale of its own.
    scale[row] = largest > 0 ? largest / 127 : 1;
    for (let column = 0; column < columns; column++)
      quantized[row * columns + column] = Math.round(numbers[column] / scale[row]);
  }
  return { scale, quantized };
}
