import type { InputOutput } from "../../../kernels/runtime/display/output.ts";
import type { Language } from "../../outputs/index.ts";
import { ButtonControl } from "./button-control.tsx";
import { CheckboxControl, RadioControl } from "./choice-control.tsx";
import { isDisabled } from "./control-props.ts";
import { FileControl } from "./file-control.tsx";
import { FormControl } from "./form-control.tsx";
import { NumberControl } from "./number-control.tsx";
import { RangeControl } from "./range-control.tsx";
import { SelectControl } from "./select-control.tsx";
import { TableControl } from "./table-control.tsx";
import { ToggleControl } from "./toggle-control.tsx";
import type { OnValue } from "./use-control-value.ts";
import { WrittenControl } from "./written-control.tsx";

export interface ControlViewProps {
  readonly output: InputOutput;
  readonly language: Language;
  /** Locks the control, whatever it says itself: a bet that is made, an output of an earlier run. Default false. */
  readonly disabled?: boolean;
  /** The reader has set a value; what it is for each type of control stands at `Control`. */
  readonly onValue: OnValue;
}

/** A control of a cell. Another `inputId` is another control, and starts from its own value. */
export function ControlView(props: ControlViewProps) {
  return <ControlOfType key={props.output.inputId} {...props} />;
}

function ControlOfType({ output, language, disabled = false, onValue }: ControlViewProps) {
  const { control } = output;
  const rest = { output, language, locked: disabled, onValue };
  switch (control.type) {
    case "range":
      return <RangeControl {...rest} control={control} />;
    case "number":
      return <NumberControl {...rest} control={control} />;
    case "select":
      return <SelectControl {...rest} control={control} />;
    case "radio":
      return <RadioControl {...rest} control={control} />;
    case "checkbox":
      return <CheckboxControl {...rest} control={control} />;
    case "toggle":
      return <ToggleControl {...rest} control={control} />;
    case "text":
    case "textarea":
      return <WrittenControl {...rest} control={control} />;
    case "button":
      return <ButtonControl {...rest} control={control} />;
    case "form":
      return (
        <FormControl output={output} language={language}>
          {control.children.map(({ key, input }) => (
            <ControlView
              key={key}
              output={input}
              language={language}
              disabled={isDisabled({ control, locked: disabled })}
              onValue={onValue}
            />
          ))}
        </FormControl>
      );
    case "table":
      return <TableControl {...rest} control={control} />;
    case "file":
      return <FileControl {...rest} control={control} />;
    default:
      return control satisfies never;
  }
}
