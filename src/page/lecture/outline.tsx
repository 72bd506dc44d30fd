import { useEffect, useState } from "preact/hooks";
import type { CellId } from "../../notebook/notebook.ts";
import type { LectureHeading } from "../../notebook/lecture.ts";
import { getCellAnchor, getReferenceAddress } from "../addresses.ts";
import { Dialog } from "../shell/dialog.tsx";
import { StateMark } from "../cell/state-mark.tsx";
import { useDesk } from "./desk.ts";
import type { Section } from "./sections.ts";

/** Beside the text where there is room; elsewhere a sheet that the top bar opens. */
export function Outline() {
  const { lecture, sections, messages } = useDesk();
  const current = useCurrentHeading(lecture.headings);
  return (
    <nav class="outline" aria-label={messages.value.contents}>
      <OutlineList sections={sections} current={current} />
    </nav>
  );
}

export function OutlineSheet() {
  const { sections, messages, contentsOpen, base, language } = useDesk();
  const words = messages.value;
  const close = () => (contentsOpen.value = false);
  return (
    <Dialog
      title={words.contents}
      closeLabel={words.close}
      open={contentsOpen.value}
      onClose={close}
      class="contents-sheet"
    >
      <nav aria-label={words.contents} onClick={(event) => (event.target as Element).closest("a") && close()}>
        <OutlineList sections={sections} current={undefined} />
        <a
          class="outline-reference"
          href={getReferenceAddress({ base, language: language.value })}
          target="_blank"
          rel="noopener"
          title={words.opensNewTab}
        >
          {words.reference}
        </a>
      </nav>
    </Dialog>
  );
}

interface OutlineListProps {
  readonly sections: readonly Section[];
  readonly current: string | undefined;
}

function OutlineList({ sections, current }: OutlineListProps) {
  const { language } = useDesk();
  return (
    <ol class="outline-list">
      {sections.map(({ heading, cells }, index) => (
        <li key={heading?.id ?? index} data-level={heading?.level ?? 2}>
          {heading && (
            <a href={`#${heading.id}`} aria-current={heading.id === current ? "location" : undefined}>
              {heading.text[language.value]}
            </a>
          )}
          {cells.length > 0 && (
            <span class="outline-cells">
              {cells.map((id) => (
                <OutlineCell key={id} id={id} />
              ))}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function OutlineCell({ id }: { readonly id: CellId }) {
  const { session, messages } = useDesk();
  const words = messages.value;
  const state = session.locks.value.has(id) ? "locked" : session.getCell(id).state.value;
  const stateWords = state === "locked" ? words.locked : words.states[state];
  const name = `${words.cell(id)}: ${stateWords}`;
  return (
    <a href={`#${getCellAnchor(id)}`} title={name} class="outline-cell">
      <StateMark state={state} words={name} />
    </a>
  );
}

/** The heading under which the reader is: the last one above the upper third of the window. */
function useCurrentHeading(headings: readonly LectureHeading[]): string | undefined {
  const [current, setCurrent] = useState<string | undefined>(undefined);
  useEffect(() => {
    let asked = 0;
    const look = () => {
      asked = 0;
      const line = window.innerHeight / 3;
      const above = headings.filter(({ id }) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top < line;
      });
      setCurrent(above.at(-1)?.id);
    };
    const onScroll = () => (asked ||= requestAnimationFrame(look));
    look();
    addEventListener("scroll", onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(asked);
      removeEventListener("scroll", onScroll);
    };
  }, [headings]);
  return current;
}
