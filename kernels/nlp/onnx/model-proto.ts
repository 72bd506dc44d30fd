/** An ONNX model as bytes. Field numbers from onnx.proto (github.com/onnx/onnx), IR version 8, operator set 17. */
import { bytes, float, integer, message, packed, text } from "./protobuf.ts";

export type ElementType = "float32" | "int8" | "int32" | "int64" | "bool";

/** A dimension is a number, or a name where it may be anything. */
export type Dimension = number | string;

export interface ValueSpec {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly Dimension[];
}

export interface TensorSpec {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Little-endian numbers. */
  readonly data: Uint8Array;
}

export type Attribute =
  number | string | readonly number[] | GraphSpec | TensorSpec | { readonly float: number };

export interface NodeSpec {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface GraphSpec {
  readonly name: string;
  readonly nodes: readonly NodeSpec[];
  readonly initializers: readonly TensorSpec[];
  readonly inputs: readonly ValueSpec[];
  readonly outputs: readonly ValueSpec[];
}

const ELEMENT_TYPES: Readonly<Record<ElementType, number>> = {
  float32: 1,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
};
const IR_VERSION = 8;
const OPERATOR_SET = 17;

export function encodeModel(graph: GraphSpec): Uint8Array {
  return message(
    integer(1, IR_VERSION),
    text(2, "gongbu"),
    bytes(7, encodeGraph(graph)),
    bytes(8, message(text(1, ""), integer(2, OPERATOR_SET))),
  );
}

function encodeGraph({ name, nodes, initializers, inputs, outputs }: GraphSpec): Uint8Array {
  return message(
    ...nodes.map((node) => bytes(1, encodeNode(node))),
    text(2, name),
    ...initializers.map((tensor) => bytes(5, encodeTensor(tensor))),
    ...inputs.map((value) => bytes(11, encodeValue(value))),
    ...outputs.map((value) => bytes(12, encodeValue(value))),
  );
}

function encodeNode({ type, inputs, outputs, attributes }: NodeSpec): Uint8Array {
  return message(
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, type),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, encodeAttribute(name, value))),
  );
}

/** The last field says which kind of value the attribute holds. */
function encodeAttribute(name: string, value: Attribute): Uint8Array {
  const named = text(1, name);
  if (typeof value === "number") return message(named, integer(3, value), integer(20, 2));
  if (typeof value === "string") return message(named, text(4, value), integer(20, 3));
  if (isList(value)) return message(named, packed(8, value), integer(20, 7));
  if ("float" in value) return message(named, float(2, value.float), integer(20, 1));
  if ("nodes" in value) return message(named, bytes(6, encodeGraph(value)), integer(20, 5));
  return message(named, bytes(5, encodeTensor(value)), integer(20, 4));
}

function isList(value: Attribute): value is readonly number[] {
  return Array.isArray(value);
}

function encodeTensor({ name, type, shape, data }: TensorSpec): Uint8Array {
  return message(packed(1, shape), integer(2, ELEMENT_TYPES[type]), text(8, name), bytes(9, data));
}

function encodeValue({ name, type, shape }: ValueSpec): Uint8Array {
  const dimensions = shape.map((size) =>
    bytes(1, typeof size === "number" ? integer(1, size) : text(2, size)),
  );
  const tensor = message(integer(1, ELEMENT_TYPES[type]), bytes(2, message(...dimensions)));
  return message(text(1, name), bytes(2, bytes(1, tensor)));
}
