import type { ComponentChildren } from "preact";
import type { InputOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../../outputs/index.ts";
import "./control.css";

export interface ControlFrameProps {
  readonly output: InputOutput;
  readonly language: Language;
  /** The id of the field that the label names and the message describes. */
  readonly id: string;
  /** The control has several fields: the label names their group. */
  readonly group?: boolean;
  /** What the page itself finds wrong with the value. */
  readonly problem?: string;
  readonly children: ComponentChildren;
}

/** A control's label, its field, and what is wrong with its value. */
export function ControlFrame({ output, language, id, group, problem, children }: ControlFrameProps) {
  const { control, invalid } = output;
  const label = control.label === undefined ? undefined : inLanguage(control.label, language);
  const message = problem ?? (invalid === undefined ? undefined : inLanguage(invalid, language));
  const width = control.width === undefined ? undefined : { "--control-width": `${control.width}px` };
  const named = group ? { role: "group" as const, "aria-labelledby": label ? `${id}-label` : undefined } : {};
  return (
    <div class="control" data-type={control.type} data-unlabelled={label ? undefined : ""} {...named}>
      {label !== undefined &&
        (group ? (
          <span class="control-label" id={`${id}-label`}>
            {label}
          </span>
        ) : (
          <label class="control-label" for={id}>
            {label}
          </label>
        ))}
      <div class="control-body" style={width}>
        {children}
      </div>
      <p class="control-invalid" id={`${id}-invalid`} role="status">
        {message}
      </p>
    </div>
  );
}

/** The attributes that tie a field to its frame. */
export function getFieldAttributes(
  id: string,
  { output, language, problem }: { output: InputOutput; language: Language; problem?: string },
) {
  const invalid = problem !== undefined || output.invalid !== undefined;
  return {
    id,
    "aria-invalid": invalid ? true : undefined,
    "aria-describedby": invalid ? `${id}-invalid` : undefined,
    "aria-label": output.control.label === undefined ? UNLABELLED[language] : undefined,
  };
}

const UNLABELLED = { en: "Value", ko: "값" };
