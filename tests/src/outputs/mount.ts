/** A component on a page of jsdom's, for as long as a test runs. */
import type { VNode } from "preact";
import { render } from "preact";
import { act } from "preact/test-utils";
import { onTestFinished, vi } from "vitest";

export interface Mounted {
  readonly element: HTMLElement;
  /** Draws the component again, with other properties. */
  update(node: VNode): Promise<void>;
  find<T extends Element = HTMLElement>(selector: string): T;
  findAll<T extends Element = HTMLElement>(selector: string): T[];
  /** An event at the element, and all that follows from it. */
  fire(target: Element, event: Event): Promise<void>;
  /** Types over what stands in a field. */
  type(field: HTMLInputElement | HTMLTextAreaElement, text: string): Promise<void>;
}

export async function mount(node: VNode): Promise<Mounted> {
  // Of what jsdom lacks, the little that components ask for.
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  const element = document.createElement("div");
  document.body.append(element);
  onTestFinished(async () => {
    await act(() => render(null, element));
    element.remove();
    vi.unstubAllGlobals();
  });
  const mounted: Mounted = {
    element,
    update: (next) => act(() => render(next, element)) as Promise<void>,
    find<T extends Element>(selector: string): T {
      const found = element.querySelector<T>(selector);
      if (!found) throw new Error(`No element ${selector} in ${element.innerHTML}`);
      return found;
    },
    findAll: <T extends Element>(selector: string) => [...element.querySelectorAll<T>(selector)],
    fire: (target, event) => act(() => void target.dispatchEvent(event)) as Promise<void>,
    async type(field, text) {
      field.value = text;
      await mounted.fire(field, new InputEvent("input", { bubbles: true }));
    },
  };
  await mounted.update(node);
  return mounted;
}

export function keyDown(key: string): KeyboardEvent {
  return new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
}

export function click(): MouseEvent {
  return new MouseEvent("click", { bubbles: true, cancelable: true });
}
