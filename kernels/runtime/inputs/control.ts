import type { Control as ControlData, InputOutput } from "../display/output.ts";
import type { Localized, Text } from "../localized.ts";

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
  /** What code or the command line gives, as a value, likewise. */
  readonly accept: (given: unknown) => T;
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
  readonly #listeners = { input: new Set<() => void>(), draw: new Set<() => void>() };

  constructor(spec: ControlSpec<T>) {
    this.#spec = spec;
    this.#value = spec.value;
    for (const { control } of spec.children ?? []) {
      control.addEventListener("input", () => this.#tell("input"));
      control.addEventListener("draw", () => this.#tell("draw"));
    }
  }

  /** The value that the notebook sees. */
  get value(): T {
    return this.#spec.children ? this.#spec.read(undefined, this.#value) : this.#value;
  }

  /** Sets the value from code; listeners are told. Throws a readable error for what is no value of this control. */
  set value(given: T) {
    this.#change(this.#spec.accept(given));
  }

  /** Sets the value from outside, which must be a valid one. */
  set(given: unknown): void {
    const value = this.#spec.accept(given);
    const verdict = this.#spec.validate?.(value) ?? true;
    if (verdict !== true) throw new TypeError(explain(verdict).en);
    this.#change(value);
  }

  /** Calls `listener` whenever the value changes ("input"), or only the drawing does ("draw"). */
  addEventListener(type: "input" | "draw", listener: () => void): void {
    this.#listeners[type].add(listener);
  }

  removeEventListener(type: "input" | "draw", listener: () => void): void {
    this.#listeners[type].delete(listener);
  }

  /** Takes what the page sent. An invalid value is kept from the notebook and described as invalid. */
  receive(sent: unknown): void {
    const value = this.#spec.read(sent, this.#value);
    const verdict = this.#spec.validate?.(value) ?? true;
    if (verdict === true) return this.#change(value);
    this.#invalid = explain(verdict);
    this.#tell("draw");
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

  #change(value: T): void {
    this.#value = value;
    this.#invalid = undefined;
    this.#tell("input");
  }

  #tell(type: "input" | "draw"): void {
    for (const listener of this.#listeners[type]) listener();
  }
}

function explain(verdict: false | Text): Localized {
  if (verdict === false) return { en: "This value is not valid.", ko: "올바르지 않은 값입니다." };
  return typeof verdict === "string" ? { en: verdict, ko: verdict } : verdict;
}

/** The id of a form's child. */
export function childId(inputId: string, key: string): string {
  return `${inputId}.${key}`;
}
