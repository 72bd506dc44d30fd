import type { Control, InputOutput } from "../../../kernels/runtime/display/output.ts";
import type { Language } from "../../outputs/index.ts";
import type { OnValue } from "./use-control-value.ts";

/** The controls of one type. */
export type ControlOf<T extends Control["type"]> = Extract<Control, { readonly type: T }>;

/** What every control is drawn from. */
export interface ControlProps<T extends Control["type"]> {
  readonly output: InputOutput;
  readonly control: ControlOf<T>;
  readonly language: Language;
  /** The page has locked the control, whatever the control itself says. */
  readonly locked: boolean;
  readonly onValue: OnValue;
}

/** Whether nothing of the control can be set. */
export function isDisabled({
  control,
  locked,
}: {
  readonly control: Control;
  readonly locked: boolean;
}): boolean {
  return locked || control.disabled === true;
}

/** Whether one option of several cannot be chosen: `disabled` may name some of them. */
export function isOptionDisabled(
  props: { readonly control: ControlOf<"select" | "radio" | "checkbox">; readonly locked: boolean },
  index: number,
): boolean {
  const { disabled, options } = props.control;
  if (isDisabled(props)) return true;
  if (typeof disabled !== "object") return false;
  const option = options[index];
  return typeof option === "string"
    ? disabled.includes(option)
    : disabled.includes(option.en) || disabled.includes(option.ko);
}
