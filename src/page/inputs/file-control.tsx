import { useId } from "preact/hooks";
import { ControlFrame, getFieldAttributes } from "./control-frame.tsx";
import { isDisabled, type ControlProps } from "./control-props.ts";
import "./file-control.css";

/** Files of the reader's. They go to the kernel and nowhere else. */
export function FileControl(props: ControlProps<"file">) {
  const { output, control, language, onValue } = props;
  const id = useId();
  return (
    <ControlFrame output={output} language={language} id={id}>
      <input
        {...getFieldAttributes(id, { output, language })}
        class="file-field"
        type="file"
        accept={control.accept}
        multiple={control.multiple}
        required={control.required}
        disabled={isDisabled(props)}
        onChange={(event) => onValue(output.inputId, [...(event.currentTarget.files ?? [])])}
      />
    </ControlFrame>
  );
}
