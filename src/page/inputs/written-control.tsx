import { useId, useRef, useState } from "preact/hooks";
import { inLanguage } from "../../outputs/index.ts";
import { ControlFrame, getFieldAttributes } from "./control-frame.tsx";
import { isDisabled, type ControlProps } from "./control-props.ts";
import { maybeFieldProblem } from "./field-problem.ts";
import { useControlValue } from "./use-control-value.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

/** One line of text, or several. What breaks the control's own rules is not sent. */
export function WrittenControl(props: ControlProps<"text" | "textarea">) {
  const { output, control, language, onValue } = props;
  const { placeholder, submit, minlength, maxlength, required } = control;
  const id = useId();
  const field = useRef<Field>(null);
  const { value, set, setUnsent, flush, hold, letGo } = useControlValue<string>(output, onValue);
  const [problem, setProblem] = useState<string>();
  /** There is something that has not been submitted. */
  const [isChanged, setChanged] = useState(false);
  const disabled = isDisabled(props);

  const take = (final: boolean) => {
    const element = field.current;
    if (!element) return;
    const found = maybeFieldProblem(element.validity, { minlength, maxlength, language });
    const waits = found !== undefined || (submit && !final);
    setProblem(final || !submit ? found : undefined);
    if (waits) {
      setUnsent(element.value);
      if (submit) setChanged(true);
      return;
    }
    set(element.value);
    setChanged(false);
    if (final) flush();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An Enter that ends a syllable being composed is the input method's, not ours.
    if (event.key !== "Enter" || event.isComposing) return;
    const isLine = control.type === "text";
    if (!isLine && !(submit && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    take(true);
  };

  const attributes = {
    ...getFieldAttributes(id, { output, language, problem }),
    class: "control-field",
    value,
    placeholder,
    minLength: minlength,
    maxLength: maxlength,
    required,
    disabled,
    spellcheck: false,
    onInput: (event: InputEvent) =>
      event.isComposing ? setUnsent((event.currentTarget as Field).value) : take(false),
    onCompositionStart: hold,
    onCompositionEnd: () => {
      letGo();
      take(false);
    },
    onKeyDown,
  };
  return (
    <ControlFrame output={output} language={language} id={id} problem={problem}>
      {control.type === "textarea" ? (
        <textarea
          {...attributes}
          ref={(element) => void (field.current = element)}
          rows={control.rows ?? 3}
          readOnly={control.readonly}
          data-monospace={control.monospace ? "" : undefined}
        />
      ) : (
        <input
          {...attributes}
          ref={(element) => void (field.current = element)}
          // Preact's types know each input type with its own attributes; ours is chosen as it runs.
          type={(control.inputType ?? "text") as "text"}
          pattern={control.pattern}
          list={control.datalist ? `${id}-list` : undefined}
        />
      )}
      {control.type === "text" && control.datalist && (
        <datalist id={`${id}-list`}>
          {control.datalist.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      {submit && (
        <button
          type="button"
          class="control-button"
          disabled={disabled || !isChanged}
          onClick={() => take(true)}
        >
          {submit === true ? SUBMIT[language] : inLanguage(submit, language)}
        </button>
      )}
    </ControlFrame>
  );
}

const SUBMIT = { en: "Submit", ko: "제출" };
