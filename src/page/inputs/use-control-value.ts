import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { InputOutput } from "../../../kernels/runtime/display/output.ts";
import { createEchoes, isSameValue } from "./echoes.ts";
import { createSender } from "./sender.ts";

export type OnValue = (inputId: string, value: unknown) => void;

export interface ControlValue<T> {
  /** What the control shows: the reader's own value, or the kernel's once it has chosen another. */
  readonly value: T;
  /** The reader has set a value: shown at once, sent when it is due. */
  set(value: T): void;
  /**
   * The reader has moved the value by a key. It is sent at once and shown with its answer, or a moment later: a browser
   * holds messages back until it has drawn what a key changed, and the answer would be a frame late.
   */
  move(from: (value: T) => T): void;
  /**
   * The pointer is on its way to a value that the browser will report with its next frame: sent already, so that the
   * answer can be drawn in that frame. Only while the control is held; shown when the browser tells of it, by `set`.
   */
  sendAhead(value: T): void;
  /** Shown, and kept here: it is no value yet. */
  setUnsent(value: T): void;
  /** Sends what is waiting: the reader has said that it is final. */
  flush(): void;
  /** The reader has hold of the control; until it is let go, nothing that the kernel says moves it. */
  hold(): void;
  letGo(): void;
}

/** Milliseconds for which a value that a key has set waits to be shown with its answer. */
const TOGETHER = 8;

/** A control's value between the reader's hand and the kernel. */
export function useControlValue<T>(output: InputOutput, onValue: OnValue): ControlValue<T> {
  const { inputId, control } = output;
  const debounce = control.debounce ?? 0;
  const [value, setValue] = useState(output.value as T);
  const [echoes] = useState(() => createEchoes(output.value));
  /** The value that was set last. It may not be shown yet. */
  const newest = useRef(value);
  /** What has been sent ahead of the event that tells of it. */
  const ahead = useRef<{ readonly value: T }>(undefined);
  const showing = useRef<ReturnType<typeof setTimeout>>(undefined);
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
  useEffect(() => () => clearTimeout(showing.current), []);

  useLayoutEffect(() => {
    if (echoes.isNews(output.value, { held: held.current || sender.isWaiting() })) show(output.value as T);
    else if (showing.current !== undefined) show(newest.current);
  }, [echoes, output.value, sender]);

  function show(next: T): void {
    clearTimeout(showing.current);
    showing.current = undefined;
    newest.current = next;
    setValue(next);
  }

  return {
    value,
    set(next) {
      show(next);
      const wasSent = ahead.current !== undefined && isSameValue(ahead.current.value, next);
      ahead.current = undefined;
      if (!wasSent) sender.offer(next);
    },
    sendAhead(next) {
      // A control that waits for a rest gains nothing by a few milliseconds.
      if (!held.current || debounce > 0 || isSameValue(ahead.current?.value ?? newest.current, next)) return;
      ahead.current = { value: next };
      sender.offer(next);
    },
    move(from) {
      newest.current = from(newest.current);
      sender.offer(newest.current);
      showing.current ??= setTimeout(() => show(newest.current), TOGETHER);
    },
    setUnsent: show,
    flush: () => sender.flush(),
    hold() {
      held.current = true;
    },
    letGo() {
      held.current = false;
      // What was sent ahead and never confirmed is no value: the reader's own is sent after it.
      if (ahead.current !== undefined) sender.offer(newest.current);
      ahead.current = undefined;
    },
  };
}
