/** What the adapter uses of Transformers.js. Its objects are passed in: importing this loads nothing of it. */

/** Numbers as ONNX Runtime keeps them: a typed array. */
export interface TypedNumbers {
  readonly length: number;
  subarray(start: number, end: number): TypedNumbers;
  set(from: TypedNumbers, at: number): void;
}

/** A tensor of Transformers.js. */
export interface TransformersJsTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly size: number;
  /** "cpu", "gpu-buffer", …; "none" when it has been disposed of. */
  readonly location: string;
  readonly data: unknown;
  readonly ort_tensor: { getData(): Promise<unknown> };
  slice(...ranges: (number | null)[]): TransformersJsTensor;
  to(type: "float32"): TransformersJsTensor;
  dispose(): void;
}

/** A model of Transformers.js that writes: what AutoModelForCausalLM and AutoModelForSeq2SeqLM load. */
export interface TransformersJsModel {
  readonly config: object;
  readonly generation_config: object | null;
  readonly can_generate: boolean;
  readonly sessions: Readonly<Record<string, { readonly inputNames: readonly string[] }>>;
  forward(inputs: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, TransformersJsTensor>>>;
  /** Runs the encoder: gives the inputs back with `encoder_outputs`. */
  _prepare_encoder_decoder_kwargs_for_generation(spec: {
    inputs_tensor: unknown;
    model_inputs: object;
    model_input_name: string;
    generation_config: unknown;
  }): Promise<object>;
}

/** The class of its tensors. */
export type TransformersJsTensorClass = new (...given: never) => TransformersJsTensor;

/** A model together with what makes its inputs. */
export interface Upstream {
  readonly model: TransformersJsModel;
  readonly Tensor: TransformersJsTensorClass;
  /** What fills up the rows of an input that are shorter than others. */
  readonly padId: number;
}

export function createTensor(
  { Tensor }: Pick<Upstream, "Tensor">,
  { type, data, dims }: { type: string; data: unknown; dims: readonly number[] },
): TransformersJsTensor {
  const Class = Tensor as unknown as new (
    type: string,
    data: unknown,
    dims: readonly number[],
  ) => TransformersJsTensor;
  return new Class(type, data, dims);
}

/** Ids or flags, [rows, time] int64. */
export function toIds(
  upstream: Pick<Upstream, "Tensor">,
  rows: readonly (readonly number[])[],
): TransformersJsTensor {
  const data = BigInt64Array.from(rows.flat(), BigInt);
  return createTensor(upstream, { type: "int64", data, dims: [rows.length, rows[0].length] });
}

/** Frees tensors; those that have been freed before stay so. */
export function free(tensors: Iterable<TransformersJsTensor>): void {
  for (const tensor of tensors) if (tensor.location !== "none") tensor.dispose();
}
