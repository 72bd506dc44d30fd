/**
 * The few shapes of protocol buffers that an ONNX file is made of: numbers as varints, floats, and bytes with their length
 * before them. Source: protobuf.dev, "Encoding".
 */
const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FLOAT32 = 5;

/** A message: its fields one after the other. */
export function message(...fields: readonly (Uint8Array | undefined)[]): Uint8Array {
  return concat(fields.filter((field) => field !== undefined));
}

/** An int32, int64, bool or enum. */
export function integer(field: number, value: number | bigint): Uint8Array {
  return concat([tag(field, VARINT), varint(BigInt(value))]);
}

export function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concat([tag(field, FLOAT32), bytes]);
}

export function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

/** Raw bytes, a text's bytes, or a message inside a message. */
export function bytes(field: number, value: Uint8Array): Uint8Array {
  return concat([tag(field, LENGTH_DELIMITED), varint(BigInt(value.length)), value]);
}

/** Numbers without tags between them. */
export function packed(field: number, values: readonly (number | bigint)[]): Uint8Array {
  return bytes(field, concat(values.map((value) => varint(BigInt(value)))));
}

function tag(field: number, type: number): Uint8Array {
  return varint(BigInt(field * 8 + type));
}

/** Seven bits a byte, the lowest first; a negative number as its two's complement of 64 bits. */
function varint(value: bigint): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    out.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Uint8Array.from(out);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
