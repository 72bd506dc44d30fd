import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { CheckIcon } from "./icons.tsx";

export interface MenuItem {
  readonly label: string;
  readonly onSelect: () => void;
  /** Keys that do the same, shown beside the label. */
  readonly keys?: string;
  readonly disabled?: boolean;
  /** Given: the item is one of several of which one holds. */
  readonly checked?: boolean;
  /** A line stands above it. */
  readonly apart?: boolean;
}

export interface MenuProps {
  /** The button's name. */
  readonly label: string;
  /** What the button shows. */
  readonly children: ComponentChildren;
  readonly items: readonly MenuItem[];
  /** Words above the items. */
  readonly header?: ComponentChildren;
  readonly class?: string;
}

/** A button that opens a list of commands. Arrows move in it, Escape and a click elsewhere close it. */
export function Menu({ label, children, items, header, class: className = "" }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    getItems(root.current)[0]?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [open]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!open) return;
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return setOpen(false);
    else if (!move(event.key, getItems(root.current))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class={`menu ${className}`} ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        ref={button}
        class="button menu-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <div class="menu-sheet">
          {header && <div class="menu-header">{header}</div>}
          <div role="menu" id={id} aria-label={label}>
            {items.map((item) => (
              <button
                key={item.label}
                type="button"
                class={item.apart ? "menu-item menu-item-apart" : "menu-item"}
                role={item.checked === undefined ? "menuitem" : "menuitemradio"}
                aria-checked={item.checked}
                aria-disabled={item.disabled}
                tabIndex={-1}
                onClick={() => {
                  if (item.disabled) return;
                  close();
                  item.onSelect();
                }}
              >
                {item.checked !== undefined && (
                  <span class="menu-check">{item.checked && <CheckIcon />}</span>
                )}
                <span class="menu-label">{item.label}</span>
                {item.keys && <kbd>{item.keys}</kbd>}
              </button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function getItems(root: HTMLElement | null): readonly HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}

/** Moves the focus as the key says; false where the key is none of a menu's. */
function move(key: string, items: readonly HTMLElement[]): boolean {
  const at = items.indexOf(document.activeElement as HTMLElement);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at + items.length - 1) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const target = targets[key];
  if (target === undefined) return false;
  items[target]?.focus();
  return true;
}
