import { useId } from "preact/hooks";
import { ControlFrame, getFieldAttributes } from "./control-frame.tsx";
import { isDisabled, type ControlProps } from "./control-props.ts";
import "./toggle-control.css";
import { useControlValue } from "./use-control-value.ts";

/** A switch. */
export function ToggleControl(props: ControlProps<"toggle">) {
  const { output, language, onValue } = props;
  const id = useId();
  const { value, set } = useControlValue<boolean>(output, onValue);
  return (
    <ControlFrame output={output} language={language} id={id}>
      <input
        {...getFieldAttributes(id, { output, language })}
        class="toggle-switch"
        type="checkbox"
        role="switch"
        checked={value}
        disabled={isDisabled(props)}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    </ControlFrame>
  );
}
