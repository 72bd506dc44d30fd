import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { CloseIcon } from "./icons.tsx";

export interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A native dialog: the browser keeps the focus in it and gives it back. */
export function Dialog({ title, closeLabel, open, onClose, class: className = "", children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      class={`dialog ${className}`}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        // The backdrop belongs to the dialog's own box; what it holds lies in the child.
        if (event.target === event.currentTarget) onClose();
      }}
    >
      {open && (
        <div class="dialog-body">
          <header class="dialog-header">
            <h2>{title}</h2>
            <button type="button" class="button" aria-label={closeLabel} title={closeLabel} onClick={onClose}>
              <CloseIcon />
            </button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
