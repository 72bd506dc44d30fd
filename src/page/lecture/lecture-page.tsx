import { CellView } from "../cell/cell-view.tsx";
import { getCourseNeighbours } from "../course/neighbours.ts";
import { getLectureAddress } from "../addresses.ts";
import type { CourseEntry } from "../../notebook/lecture.ts";
import { AppPage } from "./app-page.tsx";
import { DeskProvider, useDesk } from "./desk.ts";
import type { Desk } from "./desk.ts";
import { LiveRegion } from "./live-region.tsx";
import { Notices } from "./notices.tsx";
import { Outline, OutlineSheet } from "./outline.tsx";
import { Prose } from "./prose.tsx";
import { ShortcutsSheet } from "./shortcuts-sheet.tsx";
import { TopBar } from "./top-bar.tsx";
import { useKeyboard } from "./use-keyboard.ts";

/** A lecture, whole or as an app. */
export function LecturePage({ desk }: { readonly desk: Desk }) {
  useKeyboard(desk);
  return (
    <DeskProvider value={desk}>
      {desk.view.value === "app" ? <AppPage /> : <WholeLecture desk={desk} />}
      <Notices />
      <LiveRegion />
      <ShortcutsSheet />
      <ShelfOfDesk />
    </DeskProvider>
  );
}

/** Nothing until the reader first opens it. */
function ShelfOfDesk() {
  const { shelf, shelfDialog, shelfOpen, messages, language } = useDesk();
  const ShelfDialog = shelfDialog.value;
  return (
    ShelfDialog && (
      <ShelfDialog
        shelf={shelf}
        words={messages.value}
        language={language.value}
        open={shelfOpen.value}
        onClose={() => (shelfOpen.value = false)}
      />
    )
  );
}

/** Prose and cells in the order of the lecture's file, between the top bar and the way on. */
function WholeLecture({ desk }: { readonly desk: Desk }) {
  return (
    <>
      <SkipLink />
      <TopBar />
      <div class="lecture">
        <Outline />
        <main class="lecture-text" id="lecture" tabIndex={-1}>
          <LectureHead />
          {desk.lecture.blocks.map((block) =>
            block.kind === "prose" ? (
              <Prose key={block.key} html={block.html} />
            ) : (
              block.cell.attributes.solution === undefined && (
                <CellView key={block.cell.id} id={block.cell.id} />
              )
            ),
          )}
          <LectureFoot />
        </main>
      </div>
      <OutlineSheet />
    </>
  );
}

function SkipLink() {
  const { messages } = useDesk();
  return (
    <a class="skip-link" href="#lecture">
      {messages.value.skipToContent}
    </a>
  );
}

/** Where the lecture stands in the course; its title too, unless the prose begins with one of its own. */
function LectureHead() {
  const { lecture, course, language, messages } = useDesk();
  const words = messages.value;
  const here = language.value;
  const entry = course.lectures.find(({ id }) => id === lecture.id);
  const number = course.lectures.findIndex(({ id }) => id === lecture.id);
  const first = lecture.blocks[0];
  const hasTitle = first?.kind === "prose" && first.html[here].includes("<h1");
  return (
    <header class="lecture-head">
      <p class="eyebrow">
        {number >= 0 && <span>{words.lectureNumber(number)}</span>}
        {entry?.minutes !== undefined && <span>{words.minutes(entry.minutes)}</span>}
      </p>
      {!hasTitle && <h1>{lecture.title[here]}</h1>}
      {!hasTitle && <p class="lead">{lecture.description[here]}</p>}
    </header>
  );
}

function LectureFoot() {
  const { lecture, course, messages, downloadable, services } = useDesk();
  const words = messages.value;
  const { previous, next } = getCourseNeighbours(course, lecture.id);
  return (
    <footer class="lecture-foot">
      {previous && <NeighbourLink entry={previous} label={words.previousLecture} rel="prev" />}
      {next && <NeighbourLink entry={next} label={words.nextLecture} rel="next" />}
      {downloadable.value && (
        <button type="button" class="button button-quiet download" onClick={() => void services.download()}>
          {words.download}
        </button>
      )}
    </footer>
  );
}

interface NeighbourLinkProps {
  readonly entry: CourseEntry;
  readonly label: string;
  readonly rel: "prev" | "next";
}

function NeighbourLink({ entry, label, rel }: NeighbourLinkProps) {
  const { base, language } = useDesk();
  return (
    <a class="neighbour" rel={rel} href={getLectureAddress(entry.id, { base, language: language.value })}>
      <span>{label}</span>
      <strong>{entry.title[language.value]}</strong>
    </a>
  );
}
