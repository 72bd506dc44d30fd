import { batch, computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";
import { createContext, type ComponentType } from "preact";
import { useContext } from "preact/hooks";
import type { Course, Lecture } from "../../notebook/lecture.ts";
import type { CellId } from "../../notebook/notebook.ts";
import type { CodeEditorHandle, CodeEditorOptions } from "../../editor/index.ts";
import type { AllowedHosts } from "../kernel/allowed-hosts.ts";
import type { Language } from "../language.ts";
import { getMessages } from "../messages/index.ts";
import type { Messages } from "../messages/index.ts";
import type { Announcement, Keeping, Session } from "../session/index.ts";
import type { ShelfDialogProps } from "../shelf/shelf-dialog.tsx";
import type { Shelf } from "../shelf/shelf.ts";
import type { Theme } from "../theme.ts";
import type { Renderers } from "./renderers.ts";
import type { View } from "./view.ts";
import { getSections } from "./sections.ts";
import type { Section } from "./sections.ts";

/** What of a cell belongs to the page alone. */
export interface CellFace {
  readonly folded: Signal<boolean>;
  readonly editing: Signal<boolean>;
}

/** What the parts of a lecture's page share. */
export interface Desk {
  readonly lecture: Lecture;
  readonly sections: readonly Section[];
  readonly course: Course;
  readonly base: string;
  readonly session: Session;
  readonly language: Signal<Language>;
  readonly messages: ReadonlySignal<Messages>;
  readonly theme: Signal<Theme>;
  /** Whether single keys are commands. */
  readonly singleKeys: Signal<boolean>;
  readonly shortcutsOpen: Signal<boolean>;
  readonly contentsOpen: Signal<boolean>;
  /** What draws outputs and controls; loaded when the first output comes. */
  readonly renderers: Signal<Renderers | undefined>;
  readonly keeping: Signal<Keeping | undefined>;
  /** Whether the site offers the lecture's file. */
  readonly downloadable: Signal<boolean>;
  readonly announcements: Signal<readonly Announcement[]>;
  readonly hosts: AllowedHosts;
  readonly shelf: Shelf;
  readonly shelfOpen: Signal<boolean>;
  /** Shows the shelf; loaded when it is first opened. */
  readonly shelfDialog: Signal<ComponentType<ShelfDialogProps> | undefined>;
  /** The lecture with its code, or what it shows alone. */
  readonly view: Signal<View>;
  getFace(id: CellId): CellFace;
  edit(id: CellId): void;
  readonly services: DeskServices;
}

/** What a desk does beyond its own state. Where the page is only rendered, none of it is called. */
export interface DeskServices {
  /** Remembers a choice. */
  chooseLanguage(language: Language): void;
  chooseTheme(theme: Theme): void;
  chooseSingleKeys(on: boolean): void;
  /** Shows the lecture in another way, under an address of its own. */
  chooseView(view: View): void;
  loadEditor(): Promise<(options: CodeEditorOptions) => CodeEditorHandle>;
  /** The address of the page that explains an error, where the site has one. */
  maybeErrorPage(code: string, language: Language): string | undefined;
  /** Code as highlighted HTML, for cells whose code is not the course's. */
  highlight(source: string): Promise<string>;
  copyLink(anchor: string): Promise<void>;
  /** Shows the reader's trained models. */
  openShelf(): Promise<void>;
  /** Gives the reader the lecture's file with their edits in it. */
  download(): Promise<void>;
}

export interface DeskOptions {
  readonly lecture: Lecture;
  readonly course: Course;
  readonly base: string;
  readonly language: Language;
  readonly session: Session;
  readonly hosts: AllowedHosts;
  readonly shelf: Shelf;
  readonly services: DeskServices;
}

export function createDesk(options: DeskOptions): Desk {
  const { lecture, course, base, session, hosts, shelf, services } = options;
  const language = signal(options.language);
  const faces = new Map(
    session.cells.map(({ id, cell }) => [
      id,
      { folded: signal(cell.attributes.fold), editing: signal(false) } satisfies CellFace,
    ]),
  );

  function getFace(id: CellId): CellFace {
    const face = faces.get(id);
    if (!face) throw new Error(`Desk.getFace: the page of "${lecture.id}" shows no cell "${id}".`);
    return face;
  }

  return {
    lecture,
    sections: getSections(lecture.blocks, lecture.headings),
    course,
    base,
    session,
    language,
    messages: computed(() => getMessages(language.value)),
    theme: signal<Theme>("light"),
    singleKeys: signal(true),
    shortcutsOpen: signal(false),
    contentsOpen: signal(false),
    renderers: signal(undefined),
    keeping: signal(undefined),
    downloadable: signal(false),
    announcements: signal([]),
    hosts,
    shelf,
    shelfOpen: signal(false),
    shelfDialog: signal(undefined),
    view: signal<View>("lecture"),
    getFace,
    edit(id) {
      const face = getFace(id);
      batch(() => {
        face.folded.value = false;
        face.editing.value = true;
      });
    },
    services,
  };
}

const DeskContext = createContext<Desk | undefined>(undefined);

export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk)
    throw new Error("useDesk: this component stands outside DeskProvider; put it inside LecturePage.");
  return desk;
}
