import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { ControlFrame } from "./control-frame.tsx";
import type { ControlProps } from "./control-props.ts";

/** Several controls that make one value. Each sends for itself. */
export function FormControl({ output, language, children }: FormControlProps) {
  const id = useId();
  return (
    <ControlFrame output={output} language={language} id={id} group>
      <div class="control-children">{children}</div>
    </ControlFrame>
  );
}

interface FormControlProps extends Pick<ControlProps<"form">, "output" | "language"> {
  /** The form's controls, drawn. */
  readonly children: ComponentChildren;
}
