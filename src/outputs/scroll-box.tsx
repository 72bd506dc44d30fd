import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "./scroll-box.css";

export interface ScrollBoxProps {
  /** What scrolls here, for a reader who reaches it with the keyboard. */
  readonly label: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A box for what may be wider than the page. It takes the focus only while there is something to scroll to. */
export function ScrollBox({ label, class: className, children }: ScrollBoxProps) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () =>
      setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);

  const focusable = scrolls ? { tabIndex: 0, role: "region" as const, "aria-label": label } : {};
  return (
    <div ref={box} class={className ? `scroll-box ${className}` : "scroll-box"} {...focusable}>
      {children}
    </div>
  );
}
