import type { Text } from "../localized.ts";
import { Control, type ControlOptions } from "./control.ts";

export interface ChoiceOptions<D, V> extends Omit<ControlOptions<unknown>, "value"> {
  /** How an option is written. Default: `keyof`. */
  readonly format?: (datum: D, index: number) => Text;
  /** The name of an option. Default: itself, or a map's key. */
  readonly keyof?: (datum: D, index: number) => Text;
  /** The value of an option. Default: itself, or a map's value. */
  readonly valueof?: (datum: D, index: number) => V;
  readonly sort?: boolean | "ascending" | "descending";
  readonly unique?: boolean;
}

/** A list, a set, or a map of names to values. */
export type Choices<D> = Iterable<D> | ReadonlyMap<string, D>;

interface Option<V> {
  readonly name: Text;
  readonly value: V;
}

/** One option of a menu, or several with `multiple`. */
export function select<D, V = D>(
  data: Choices<D>,
  options: ChoiceOptions<D, V> & {
    readonly value?: V | readonly V[];
    readonly multiple?: boolean | number;
  } = {},
): Control<V | V[] | null> {
  const list = toOptions("Inputs.select", data, options);
  const { label, disabled, width, debounce, multiple = false } = options;
  const names = list.map((option) => option.name);
  const describe = () => ({
    type: "select" as const,
    options: names,
    multiple,
    label,
    disabled,
    width,
    debounce,
  });
  if (multiple) {
    const control = someOf("Inputs.select", list, {
      value: options.value as readonly V[] | undefined,
      describe,
    });
    return control as Control<V | V[] | null>;
  }
  const value = options.value === undefined ? (list[0]?.value ?? null) : (options.value as V);
  return oneOf("Inputs.select", list, { value, describe }) as Control<V | V[] | null>;
}

/** One option of a few, all of them in sight. Nothing is chosen unless `value` says so. */
export function radio<D, V = D>(
  data: Choices<D>,
  options: ChoiceOptions<D, V> & { readonly value?: V } = {},
): Control<V | null> {
  const list = toOptions("Inputs.radio", data, options);
  const { label, disabled, width, debounce, value = null } = options;
  const names = list.map((option) => option.name);
  return oneOf("Inputs.radio", list, {
    value,
    describe: () => ({ type: "radio", options: names, label, disabled, width, debounce }),
  });
}

/** Any of a few options. */
export function checkbox<D, V = D>(
  data: Choices<D>,
  options: ChoiceOptions<D, V> & { readonly value?: readonly V[] } = {},
): Control<V[]> {
  const list = toOptions("Inputs.checkbox", data, options);
  const { label, disabled, width, debounce, value } = options;
  const names = list.map((option) => option.name);
  return someOf("Inputs.checkbox", list, {
    value,
    describe: () => ({ type: "checkbox", options: names, label, disabled, width, debounce }),
  });
}

/** A switch: true or false, or one of two `values`. */
export function toggle<V = boolean>(
  options: ControlOptions<V> & { readonly values?: readonly [on: V, off: V] } = {},
): Control<V> {
  const { label, disabled, width, debounce, values = [true, false] as unknown as readonly [V, V] } = options;
  return new Control<V>({
    value: options.value ?? values[1],
    describe: () => ({ type: "toggle", label, disabled, width, debounce }),
    show: (value) => Object.is(value, values[0]),
    read: (sent) => (sent ? values[0] : values[1]),
    accept(given) {
      const index = values.findIndex((value) => Object.is(value, given));
      if (index >= 0) return values[index];
      if (typeof given === "boolean") return given ? values[0] : values[1];
      const known = values.map((value) => JSON.stringify(value)).join(" or ");
      throw new TypeError(`Inputs.toggle: expected ${known}, but was given ${JSON.stringify(given)}.`);
    },
  });
}

type Describe<V> = ConstructorParameters<typeof Control<V>>[0]["describe"];

function oneOf<V>(
  name: string,
  list: readonly Option<V>[],
  { value, describe }: { value: V | null; describe: Describe<V | null> },
): Control<V | null> {
  return new Control<V | null>({
    value: value === null ? null : find(name, list, value),
    accept: (given) => (given === null ? null : find(name, list, given)),
    describe,
    show: (value) => (value === null ? null : list.findIndex((option) => Object.is(option.value, value))),
    read: (sent) => (sent === null ? null : optionAt(name, list, sent).value),
  });
}

function someOf<V>(
  name: string,
  list: readonly Option<V>[],
  { value = [], describe }: { value?: readonly V[]; describe: Describe<V[]> },
): Control<V[]> {
  const accept = (given: unknown) => {
    if (!Array.isArray(given))
      throw new TypeError(`${name}: the value must be a list of options, but was ${typeof given}.`);
    return given.map((item) => find(name, list, item));
  };
  return new Control<V[]>({
    value: accept(value),
    accept,
    describe,
    show: (values) => values.map((item) => list.findIndex((option) => Object.is(option.value, item))),
    read(sent) {
      if (!Array.isArray(sent))
        throw new TypeError(`${name}: expected a list of indices, but was given ${typeof sent}.`);
      return sent.map((index) => optionAt(name, list, index).value);
    },
  });
}

/** The option's value, for the value itself or for the option's name. */
function find<V>(name: string, list: readonly Option<V>[], value: unknown): V {
  const found =
    list.find((option) => Object.is(option.value, value)) ??
    list.find((option) => option.name === value || nameOf(option.name) === value);
  if (found) return found.value;
  const known = list.map((option) => nameOf(option.name)).join(", ");
  throw new TypeError(`${name}: the value ${JSON.stringify(value)} is none of the options: ${known}.`);
}

function optionAt<V>(name: string, list: readonly Option<V>[], sent: unknown): Option<V> {
  const option = typeof sent === "number" ? list[sent] : undefined;
  if (!option) throw new TypeError(`${name}: there is no option ${String(sent)}; there are ${list.length}.`);
  return option;
}

function toOptions<D, V>(name: string, data: Choices<D>, options: ChoiceOptions<D, V>): Option<V>[] {
  if (typeof (data as Iterable<D>)?.[Symbol.iterator] !== "function") {
    throw new TypeError(
      `${name}(options) takes a list, a set or a map of options, but was given ${typeof data}.`,
    );
  }
  let list: Option<V>[];
  if (data instanceof Map) {
    list = [...(data as ReadonlyMap<string, D>)].map(([key, datum], i) => ({
      name: options.format?.(datum, i) ?? options.keyof?.(datum, i) ?? key,
      value: options.valueof ? options.valueof(datum, i) : (datum as unknown as V),
    }));
  } else {
    list = [...(data as Iterable<D>)].map((datum, i) => ({
      name: options.format?.(datum, i) ?? options.keyof?.(datum, i) ?? toText(datum),
      value: options.valueof ? options.valueof(datum, i) : (datum as unknown as V),
    }));
  }
  if (options.unique)
    list = list.filter((option, i) => list.findIndex((other) => other.value === option.value) === i);
  if (options.sort) {
    const sign = options.sort === "descending" ? -1 : 1;
    list.sort((a, b) => sign * nameOf(a.name).localeCompare(nameOf(b.name)));
  }
  return list;
}

function toText(datum: unknown): Text {
  if (typeof datum === "object" && datum !== null && "en" in datum && "ko" in datum) {
    return { en: String(datum.en), ko: String(datum.ko) };
  }
  return typeof datum === "object" && datum !== null ? JSON.stringify(datum) : String(datum);
}

function nameOf(text: Text): string {
  return typeof text === "string" ? text : text.en;
}
