import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { InputOutput } from "../../../kernels/runtime/display/output.ts";
import { createEchoes } from "./echoes.ts";
import { createSender } from "./sender.ts";

export type OnValue = (inputId: string, value: unknown) => void;

export interface ControlValue<T> {
  /** What the control shows: the reader's own value, or the kernel's once it has chosen another. */
  readonly value: T;
  /** The reader has set a value: shown at once, sent when it is due. */
  set(value: T): void;
  /** Shown, and kept here: it is no value yet. */
  setUnsent(value: T): void;
  /** Sends what is waiting: the reader has said that it is final. */
  flush(): void;
  /** The reader has hold of the control; until it is let go, nothing that the kernel says moves it. */
  hold(): void;
  letGo(): void;
}

/** A control's value between the reader's hand and the kernel. */
export function useControlValue<T>(output: InputOutput, onValue: OnValue): ControlValue<T> {
  const { inputId, control } = output;
  const debounce = control.debounce ?? 0;
  const [value, setValue] = useState(output.value as T);
  const [echoes] = useState(() => createEchoes(output.value));
  const held = useRef(false);
  const latest = useRef(onValue);
  useLayoutEffect(() => {
    latest.current = onValue;
  });

  const sender = useMemo(() => {
    const send = (value: T) => {
      echoes.sent(value);
      latest.current(inputId, value);
    };
    return createSender<T>({ send, debounce });
  }, [echoes, inputId, debounce]);
  useEffect(() => () => sender.cancel(), [sender]);

  useLayoutEffect(() => {
    if (echoes.isNews(output.value, { held: held.current || sender.isWaiting() }))
      setValue(output.value as T);
  }, [echoes, output.value, sender]);

  return {
    value,
    set(next) {
      setValue(next);
      sender.offer(next);
    },
    setUnsent: setValue,
    flush: () => sender.flush(),
    hold() {
      held.current = true;
    },
    letGo() {
      held.current = false;
    },
  };
}
