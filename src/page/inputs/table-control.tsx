import { useId } from "preact/hooks";
import { Table } from "../../outputs/index.ts";
import { ControlFrame } from "./control-frame.tsx";
import { isDisabled, type ControlProps } from "./control-props.ts";
import { useControlValue } from "./use-control-value.ts";

/** A table whose rows can be chosen. */
export function TableControl(props: ControlProps<"table">) {
  const { output, control, language, onValue } = props;
  const id = useId();
  const { value, set } = useControlValue<readonly number[]>(output, onValue);
  const selection = {
    indices: value,
    multiple: control.multiple,
    disabled: isDisabled(props),
    onChange: set,
  };
  return (
    <ControlFrame output={output} language={language} id={id} group>
      <div class="control-table">
        <Table output={control.table} language={language} selection={selection} />
      </div>
    </ControlFrame>
  );
}
