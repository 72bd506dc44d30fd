import type { Text } from "../localized.ts";
import { Control, type ControlOptions } from "./control.ts";

export interface WrittenOptions extends ControlOptions<string> {
  readonly placeholder?: string;
  /** The value is sent with a button (or Enter), not with each key. */
  readonly submit?: boolean | Text;
  readonly minlength?: number;
  readonly maxlength?: number;
  readonly required?: boolean;
  readonly validate?: (value: string) => boolean | Text;
}

export interface TextOptions extends WrittenOptions {
  readonly type?: "text" | "email" | "tel" | "url" | "password" | "color" | "date";
  readonly pattern?: string;
  readonly datalist?: readonly string[];
}

/** One line of text. */
export function text(options: TextOptions = {}): Control<string> {
  const { label, placeholder, submit, minlength, maxlength, required, disabled, width, debounce } = options;
  const { pattern, datalist, type, value = "", validate } = options;
  return new Control<string>({
    value,
    describe: () => ({
      type: "text",
      ...{ label, placeholder, submit, minlength, maxlength, required, disabled, width, debounce },
      ...{ pattern, datalist: datalist && [...datalist], inputType: type },
    }),
    show: (given) => given,
    read: toText,
    accept: toText,
    validate,
  });
}

export interface TextareaOptions extends WrittenOptions {
  readonly rows?: number;
  readonly monospace?: boolean;
  readonly readonly?: boolean;
}

/** Several lines of text. */
export function textarea(options: TextareaOptions = {}): Control<string> {
  const { label, placeholder, submit, minlength, maxlength, required, disabled, width, debounce } = options;
  const { rows, monospace, readonly, value = "", validate } = options;
  return new Control<string>({
    value,
    describe: () => ({
      type: "textarea",
      ...{ label, placeholder, submit, minlength, maxlength, required, disabled, width, debounce },
      ...{ rows, monospace, readonly },
    }),
    show: (given) => given,
    read: toText,
    accept: toText,
    validate,
  });
}

/** Files of the reader's; read in the kernel, sent nowhere. */
export function file(
  options: Omit<ControlOptions<never>, "value"> & {
    readonly accept?: string;
    readonly multiple?: boolean;
    readonly required?: boolean;
  } = {},
): Control<File | File[] | null> {
  const { label, accept, multiple = false, required, disabled, width } = options;
  return new Control<File | File[] | null>({
    value: multiple ? [] : null,
    describe: () => ({ type: "file", label, accept, multiple, required, disabled, width }),
    show: (value) => (Array.isArray(value) ? value : value ? [value] : []).map((item) => item.name),
    read(sent) {
      const files = Array.isArray(sent) ? (sent as File[]) : [];
      return multiple ? files : (files[0] ?? null);
    },
    accept(): never {
      throw new TypeError("Inputs.file: a file can be chosen only on the page, by the reader.");
    },
  });
}

function toText(given: unknown): string {
  return String(given ?? "");
}
