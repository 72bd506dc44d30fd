import { useId, useState } from "preact/hooks";
import { ControlFrame, getFieldAttributes } from "./control-frame.tsx";
import { isDisabled, type ControlProps } from "./control-props.ts";
import { useControlValue } from "./use-control-value.ts";

/** A field for a number. Empty, it has none. */
export function NumberControl(props: ControlProps<"number">) {
  const { output, control, language, onValue } = props;
  const { min, max, step, placeholder, required } = control;
  const id = useId();
  const { value, set } = useControlValue<number | undefined>(output, onValue);
  const [typed, setTyped] = useState<string>();

  const onInput = (event: { currentTarget: HTMLInputElement }) => {
    const { value: text, validity } = event.currentTarget;
    setTyped(text);
    // "1e" or a lone minus: the browser gives an empty text for what is no number yet.
    if (validity.badInput) return;
    set(text === "" ? undefined : Number(text));
  };
  return (
    <ControlFrame output={output} language={language} id={id}>
      <input
        {...getFieldAttributes(id, { output, language })}
        class="control-field control-number"
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={step ?? "any"}
        value={typed ?? (value === undefined || value === null ? "" : String(value))}
        placeholder={placeholder}
        required={required}
        disabled={isDisabled(props)}
        onInput={onInput}
        onBlur={() => setTyped(undefined)}
      />
    </ControlFrame>
  );
}
