import { useId } from "preact/hooks";
import { inLanguage } from "../../outputs/index.ts";
import { ControlFrame, getFieldAttributes } from "./control-frame.tsx";
import { isDisabled, isOptionDisabled, type ControlProps } from "./control-props.ts";
import { useControlValue } from "./use-control-value.ts";

/** The longest list that is shown whole. */
const MOST_ROWS = 8;

/** A menu of options, or a list of which several can be chosen. */
export function SelectControl(props: ControlProps<"select">) {
  const { output, control, language, onValue } = props;
  const { options, multiple } = control;
  const id = useId();
  const { value, set } = useControlValue<number | null | readonly number[]>(output, onValue);
  const chosen = Array.isArray(value)
    ? (value as readonly number[])
    : value === null
      ? []
      : [value as number];
  const rows = typeof multiple === "number" ? multiple : Math.min(MOST_ROWS, options.length);

  const onChange = (event: { currentTarget: HTMLSelectElement }) => {
    const picked = Array.from(event.currentTarget.selectedOptions, (option) => Number(option.value));
    set(multiple ? picked : (picked[0] ?? null));
  };
  return (
    <ControlFrame output={output} language={language} id={id}>
      <select
        {...getFieldAttributes(id, { output, language })}
        class="control-field"
        multiple={Boolean(multiple)}
        size={multiple ? rows : undefined}
        disabled={isDisabled(props)}
        onChange={onChange}
      >
        {!multiple && chosen.length === 0 && <option value="" selected disabled hidden />}
        {options.map((option, index) => (
          <option
            key={index}
            value={index}
            selected={chosen.includes(index)}
            disabled={isOptionDisabled(props, index)}
          >
            {inLanguage(option, language)}
          </option>
        ))}
      </select>
    </ControlFrame>
  );
}
