import { useId } from "preact/hooks";
import { inLanguage } from "../../outputs/index.ts";
import { ControlFrame } from "./control-frame.tsx";
import { isDisabled, type ControlProps } from "./control-props.ts";

/** One button or several. Each press is sent as the button's index; the kernel counts. */
export function ButtonControl(props: ControlProps<"button">) {
  const { output, control, language, onValue } = props;
  const id = useId();
  return (
    <ControlFrame output={output} language={language} id={id} group>
      {control.buttons.map((button, index) => (
        <button
          key={index}
          type="button"
          class="control-button"
          disabled={isDisabled(props)}
          onClick={() => onValue(output.inputId, index)}
        >
          {inLanguage(button, language)}
        </button>
      ))}
    </ControlFrame>
  );
}
