import type { Control as ControlData, InputOutput } from "../display/output.ts";
import type { Text } from "../localized.ts";

/** Options that every control takes. */
export interface ControlOptions<T> {
  readonly label?: Text;
  readonly value?: T;
  readonly disabled?: boolean;
  /** Pixels. */
  readonly width?: number;
  /** Milliseconds of rest before the page sends a value. Default 0: each value at once. */
  readonly debounce?: number;
}

/** How a control's value goes to the page and comes back. */
export interface ControlSpec<T> {
  readonly value: T;
  /** The description, for the value it now has. */
  readonly describe: (value: T) => ControlData;
  /** The value as the page shows it. */
  readonly show: (value: T) => unknown;
  /** What the page sent, as a value; throws a readable error for what is no value of this control. */
  readonly read: (sent: unknown, previous: T) => T;
  /** Whether the value may be used; a text says why not. */
  readonly validate?: (value: T) => boolean | Text;
  readonly children?: readonly { readonly key: string; readonly control: Control<unknown> }[];
}

/**
 * A control as the kernel knows it: a description for the page, a value, and who listens. The page draws it.
 * Like the elements of @observablehq/inputs it has a `value` and says "input" when the reader changes it.
 */
export class Control<T> {
  #spec: ControlSpec<T>;
  #value: T;
  #invalid: Text | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(spec: ControlSpec<T>) {
    this.#spec = spec;
    this.#value = spec.value;
    for (const { control } of spec.children ?? []) control.addEventListener("input", () => this.#changed());
  }

  /** The value that the notebook sees. */
  get value(): T {
    return this.#spec.children ? this.#spec.read(undefined, this.#value) : this.#value;
  }

  /** Sets the value from code; listeners are told. */
  set value(value: T) {
    this.#value = value;
    this.#invalid = undefined;
    this.#changed();
  }

  /** Calls `listener` whenever the value changes. */
  addEventListener(type: "input", listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(type: "input", listener: () => void): void {
    this.#listeners.delete(listener);
  }

  /** Takes what the page sent. An invalid value is kept from the notebook and described as invalid. */
  receive(sent: unknown): void {
    const value = this.#spec.read(sent, this.#value);
    const verdict = this.#spec.validate?.(value) ?? true;
    if (verdict === true) {
      this.value = value;
      return;
    }
    this.#invalid =
      verdict === false ? { en: "This value is not valid.", ko: "올바르지 않은 값입니다." } : verdict;
    this.#changed();
  }

  /** The control as data, under the ids that the kernel gives it and its children. */
  output(inputId: string): InputOutput {
    const control = this.#spec.describe(this.#value);
    return {
      kind: "input",
      inputId,
      value: this.#spec.show(this.#value),
      control:
        control.type === "form"
          ? {
              ...control,
              children: this.children.map(({ key, control }) => ({
                key,
                input: control.output(childId(inputId, key)),
              })),
            }
          : control,
      ...(this.#invalid && { invalid: this.#invalid }),
    };
  }

  get children(): readonly { readonly key: string; readonly control: Control<unknown> }[] {
    return this.#spec.children ?? [];
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The id of a form's child. */
export function childId(inputId: string, key: string): string {
  return `${inputId}.${key}`;
}
