/**
 * The safetensors format: eight bytes with the length of a header, the header (JSON: for each tensor its type, shape and
 * place), then the numbers of all tensors without a gap. Nothing in it is code. Source:
 * github.com/huggingface/safetensors, "Format".
 */
import { unreadable } from "./unreadable.ts";

export type SafetensorsType = "F32" | "F16" | "BF16" | "F64" | "I64" | "I32" | "I16" | "I8" | "U8" | "BOOL";

/** A tensor as plain numbers, row by row. Types that JavaScript has no list for are read as the next that holds them. */
export interface PlainTensor {
  readonly dtype: SafetensorsType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, PlainTensor>;
  /** Texts by name that the file carries along. */
  readonly metadata: Readonly<Record<string, string>>;
}

const BYTES: Readonly<Record<SafetensorsType, number>> = {
  F64: 8,
  I64: 8,
  F32: 4,
  I32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};
/** As the format's own library has it. */
const LONGEST_HEADER = 100_000_000;
const METADATA = "__metadata__";

/**
 * Tensors as the bytes of a safetensors file, float32 and int32, in the order of their names.
 *
 * @ko 텐서들을 safetensors 파일의 바이트로 만듭니다.
 * @example
 * const bytes = serializeSafetensors({ weight: { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) } });
 */
export function serializeSafetensors(
  tensors: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly data: Float32Array | Int32Array }>
  >,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const names = Object.keys(tensors).sort();
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { [METADATA]: metadata } : {};
  let end = 0;
  for (const name of names) {
    const { shape, data } = tensors[name];
    const begin = end;
    end += data.byteLength;
    header[name] = { dtype: data instanceof Float32Array ? "F32" : "I32", shape, data_offsets: [begin, end] };
  }
  // Filled up with blanks, so that the numbers begin at a multiple of 8.
  const text = JSON.stringify(header);
  const encoded = new TextEncoder().encode(text);
  const length = Math.ceil(encoded.length / 8) * 8;
  const file = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(encoded, 8);
  let at = 8 + length;
  for (const name of names) {
    const { data } = tensors[name];
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/**
 * What is in a safetensors file. One that is cut short or contradicts itself is refused with the reason: tensors must lie
 * side by side, fill the file, and have the bytes that their shapes need.
 *
 * @ko safetensors 파일을 읽습니다. 잘렸거나 앞뒤가 맞지 않는 파일은 까닭을 알리고 거부합니다.
 */
export function parseSafetensors(bytes: Uint8Array): Safetensors {
  const header = readHeader(bytes);
  const { [METADATA]: metadata = {}, ...entries } = header.content;
  const tensors = new Map<string, PlainTensor>();
  let expected = 0;
  const placed = Object.entries(entries).map(([name, entry]) => ({ name, ...checkEntry(name, entry) }));
  for (const { name, dtype, shape, begin, end } of placed.sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== expected) {
      throw refuse(
        `The numbers of "${name}" begin at byte ${begin}, those before end at ${expected}: tensors overlap, or a part belongs to none.`,
        `"${name}"의 수가 ${begin}번째 바이트에서 시작하는데 앞의 텐서는 ${expected}에서 끝납니다. 텐서가 겹치거나 주인 없는 부분이 있습니다.`,
      );
    }
    expected = end;
    if (header.end + end > bytes.length) throw cutShort(bytes.length, header.end + end);
    tensors.set(name, {
      dtype,
      shape,
      data: readNumbers(bytes.slice(header.end + begin, header.end + end), dtype),
    });
  }
  if (header.end + expected !== bytes.length) {
    throw refuse(
      `After the last tensor ${bytes.length - header.end - expected} bytes are left over.`,
      `마지막 텐서 뒤에 ${bytes.length - header.end - expected}바이트가 남아 있습니다.`,
    );
  }
  return { tensors, metadata: checkMetadata(metadata) };
}

function readHeader(bytes: Uint8Array): { content: Record<string, unknown>; end: number } {
  if (bytes.length < 8) throw cutShort(bytes.length, 8);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(LONGEST_HEADER)) {
    throw refuse(
      `The header would have ${length} bytes: this is no safetensors file.`,
      `헤더가 ${length}바이트라고 합니다. safetensors 파일이 아닙니다.`,
    );
  }
  const end = 8 + Number(length);
  if (end > bytes.length) throw cutShort(bytes.length, end);
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, end)));
  } catch (error) {
    throw refuse(
      `The header is no JSON: ${(error as Error).message}`,
      `헤더가 JSON이 아닙니다: ${(error as Error).message}`,
    );
  }
  if (isPlain(content)) return { content, end };
  throw refuse("The header is no table of tensors.", "헤더가 텐서의 표가 아닙니다.");
}

function checkEntry(
  name: string,
  entry: unknown,
): { dtype: SafetensorsType; shape: number[]; begin: number; end: number } {
  const { dtype, shape, data_offsets: offsets } = isPlain(entry) ? entry : {};
  if (typeof dtype !== "string" || !Object.hasOwn(BYTES, dtype)) {
    const known = Object.keys(BYTES).join(", ");
    throw refuse(
      `"${name}" has the type ${JSON.stringify(dtype)}; known are ${known}.`,
      `"${name}"의 타입 ${JSON.stringify(dtype)}을(를) 알지 못합니다. 아는 타입: ${known}.`,
    );
  }
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  const valid =
    Array.isArray(shape) &&
    shape.every(isCount) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isCount);
  if (!valid) {
    throw refuse(
      `"${name}" has no shape of whole numbers, or no place.`,
      `"${name}"에 정수로 된 모양이나 위치가 없습니다.`,
    );
  }
  const [begin, end] = offsets as number[];
  const size = (shape as number[]).reduce(
    (product, length) => product * length,
    BYTES[dtype as SafetensorsType],
  );
  if (end - begin !== size) {
    throw refuse(
      `"${name}" of shape [${(shape as number[]).join(", ")}] needs ${size} bytes, but has ${end - begin}.`,
      `모양이 [${(shape as number[]).join(", ")}]인 "${name}"에는 ${size}바이트가 필요한데 ${end - begin}바이트가 있습니다.`,
    );
  }
  return { dtype: dtype as SafetensorsType, shape: shape as number[], begin, end };
}

/** The bytes are a copy, so that lists of any width begin at a place of their own. */
function readNumbers(bytes: Uint8Array, dtype: SafetensorsType): PlainTensor["data"] {
  const { buffer } = bytes;
  switch (dtype) {
    case "F32":
      return new Float32Array(buffer);
    case "F64":
      return new Float64Array(buffer);
    case "I32":
      return new Int32Array(buffer);
    case "I64":
      return Float64Array.from(new BigInt64Array(buffer), Number);
    case "I16":
      return Int32Array.from(new Int16Array(buffer));
    case "I8":
      return Int32Array.from(new Int8Array(buffer));
    case "U8":
    case "BOOL":
      return bytes;
    case "BF16":
      return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer);
    case "F16":
      return Float32Array.from(new Uint16Array(buffer), readHalf);
    default:
      return dtype satisfies never;
  }
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function readHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function checkMetadata(metadata: unknown): Readonly<Record<string, string>> {
  const valid = isPlain(metadata) && Object.values(metadata).every((value) => typeof value === "string");
  if (valid) return metadata as Record<string, string>;
  throw refuse("The metadata are no texts.", "메타데이터가 글이 아닙니다.");
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function cutShort(given: number, needed: number) {
  return refuse(
    `The file has ${given} bytes and says that it has ${needed}: it was cut short, or is no safetensors file.`,
    `파일은 ${given}바이트인데 ${needed}바이트라고 적혀 있습니다. 잘렸거나 safetensors 파일이 아닙니다.`,
  );
}

function refuse(en: string, ko: string) {
  return unreadable("parseSafetensors", { en, ko });
}
