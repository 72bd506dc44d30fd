import { useId } from "preact/hooks";
import { inLanguage } from "../../outputs/index.ts";
import { ControlFrame } from "./control-frame.tsx";
import { isOptionDisabled, type ControlProps } from "./control-props.ts";
import { useControlValue } from "./use-control-value.ts";

/** One of a few options. */
export function RadioControl(props: ControlProps<"radio">) {
  const { value, set } = useControlValue<number | null>(props.output, props.onValue);
  return <Choices props={props} type="radio" chosen={value === null ? [] : [value]} onToggle={set} />;
}

/** Any of a few options. */
export function CheckboxControl(props: ControlProps<"checkbox">) {
  const { value, set } = useControlValue<readonly number[]>(props.output, props.onValue);
  const onToggle = (index: number) =>
    set(
      value.includes(index)
        ? value.filter((other) => other !== index)
        : [...value, index].sort((a, b) => a - b),
    );
  return <Choices props={props} type="checkbox" chosen={value} onToggle={onToggle} />;
}

interface ChoicesProps {
  readonly props: ControlProps<"radio"> | ControlProps<"checkbox">;
  readonly type: "radio" | "checkbox";
  readonly chosen: readonly number[];
  readonly onToggle: (index: number) => void;
}

function Choices({ props, type, chosen, onToggle }: ChoicesProps) {
  const { output, control, language } = props;
  const id = useId();
  return (
    <ControlFrame output={output} language={language} id={id} group>
      {control.options.map((option, index) => {
        const disabled = isOptionDisabled(props, index);
        return (
          <label key={index} class="control-choice" data-disabled={disabled ? "" : undefined}>
            <input
              type={type}
              name={id}
              checked={chosen.includes(index)}
              disabled={disabled}
              onChange={() => onToggle(index)}
            />
            {inLanguage(option, language)}
          </label>
        );
      })}
    </ControlFrame>
  );
}
