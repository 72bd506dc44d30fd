import { table as tableOutput, type TableOptions } from "../display/table.ts";
import type { Text } from "../localized.ts";
import { Control, type ControlOptions } from "./control.ts";

type Reduce<T> = (value: T) => T;

export interface ButtonOptions<T> extends ControlOptions<T> {
  /** From the value before the click to the value after it. Default: one more. */
  readonly reduce?: Reduce<T>;
}

/**
 * A button: its value counts the clicks, or is what `reduce` makes of it. Several buttons are given as
 * `[[label, reduce], …]`.
 */
export function button<T = number>(
  content: Text | readonly (readonly [Text, Reduce<T>])[] = { en: "Run", ko: "실행" },
  options: ButtonOptions<T> = {},
): Control<T> {
  const { label, disabled, width, value = 0 as T } = options;
  const reduce = options.reduce ?? ((count: T) => ((count as number) + 1) as T);
  const buttons: readonly (readonly [Text, Reduce<T>])[] = Array.isArray(content)
    ? (content as readonly (readonly [Text, Reduce<T>])[])
    : [[content as Text, reduce]];
  return new Control<T>({
    value,
    describe: () => ({ type: "button", buttons: buttons.map(([name]) => name), label, disabled, width }),
    show: (count) => (typeof count === "number" ? count : 0),
    read(sent, previous) {
      const pressed = buttons[Number(sent)];
      if (!pressed)
        throw new TypeError(
          `Inputs.button: there is no button ${String(sent)}; there are ${buttons.length}.`,
        );
      return pressed[1](previous);
    },
    accept: (given) => given as T,
  });
}

/** A control, as far as a form's type needs to know it: whatever the type of its value. */
interface Valued {
  readonly value: unknown;
}

/** Several controls as one: a list of values for a list of controls, a record for a record. */
export function form<const T extends Readonly<Record<string, Valued>> | readonly Valued[]>(
  inputs: T,
): Control<{ -readonly [K in keyof T]: T[K] extends Valued ? T[K]["value"] : never }> {
  type Value = { -readonly [K in keyof T]: T[K] extends Valued ? T[K]["value"] : never };
  const children = Object.entries(inputs).map(([key, control]) => {
    if (!(control instanceof Control)) {
      throw new TypeError(
        `Inputs.form: "${key}" is no control: give a list or a record of Inputs.… controls.`,
      );
    }
    return { key, control: control as Control<unknown> };
  });
  const template = Array.isArray(inputs) ? "list" : "record";
  const values = (): Value =>
    (Array.isArray(inputs)
      ? children.map(({ control }) => control.value)
      : Object.fromEntries(children.map(({ key, control }) => [key, control.value]))) as Value;
  return new Control<Value>({
    value: values(),
    describe: () => ({ type: "form", children: [], template }),
    show: () => null,
    read: values,
    accept(given) {
      if (typeof given !== "object" || given === null)
        throw new TypeError(`Inputs.form: expected a ${template} of values, but was given ${typeof given}.`);
      for (const [key, value] of Object.entries(given)) {
        const child = children.find((known) => known.key === key);
        const known = children.map((one) => one.key).join(", ");
        if (!child) throw new TypeError(`Inputs.form: there is no control "${key}"; there are ${known}.`);
        child.control.set(value);
      }
      return values();
    },
    children,
  });
}

export interface TableInputOptions<R> extends TableOptions {
  /** Rows that are selected at first. */
  readonly value?: readonly R[];
  /** False: one row at a time. Default true. */
  readonly multiple?: boolean;
  /** False: no row selected gives an empty list instead of all rows. Default true. */
  readonly required?: boolean;
  readonly label?: Text;
}

/** A table whose rows can be selected; its value is the selected rows. */
export function table<R extends object>(data: Iterable<R>, options: TableInputOptions<R> = {}): Control<R[]> {
  const rows = [...data];
  const { value, multiple = true, required = true, label, ...tableOptions } = options;
  const shown = tableOutput(rows, tableOptions);
  const empty = required ? rows : [];
  const pick = (picked: R[]) => {
    if (!multiple && picked.length > 1)
      throw new TypeError(`Inputs.table: one row can be selected, but there were ${picked.length}.`);
    return picked.length > 0 ? picked : empty;
  };
  return new Control<R[]>({
    value: pick(toRows(value ?? [], rows)),
    describe: () => ({ type: "table", table: shown, multiple, required, label }),
    show: (picked) => (picked === empty ? [] : picked.map((row) => rows.indexOf(row))),
    read(sent) {
      if (!Array.isArray(sent))
        throw new TypeError(`Inputs.table: expected a list of rows, but was given ${typeof sent}.`);
      const picked = sent.map((index) => {
        if (rows[Number(index)] !== undefined) return rows[Number(index)];
        throw new TypeError(`Inputs.table: there is no row ${String(index)}; there are ${rows.length}.`);
      });
      return pick(picked);
    },
    accept(given) {
      if (!Array.isArray(given))
        throw new TypeError(`Inputs.table: expected a list of rows, but was given ${typeof given}.`);
      return pick(toRows(given, rows));
    },
  });
}

/** Rows of the data, given as they are or as equal JSON. */
function toRows<R>(given: readonly R[], rows: readonly R[]): R[] {
  return given.map((row) => {
    const found = rows.includes(row) ? row : rows.find((one) => JSON.stringify(one) === JSON.stringify(row));
    if (found === undefined) throw new TypeError("Inputs.table: `value` has a row that is not in the data.");
    return found;
  });
}
