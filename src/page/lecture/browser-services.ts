import type { CellId } from "../../notebook/notebook.ts";
import type { SettingsStore } from "../../storage/index.ts";
import { getErrorAddress, getLectureAddress } from "../addresses.ts";
import { getMessages } from "../messages/index.ts";
import type { Language } from "../language.ts";
import { applyTheme } from "../theme.ts";
import type { Theme } from "../theme.ts";
import type { Desk, DeskServices } from "./desk.ts";
import { keepPlace } from "./reading-place.ts";
import { getViewAddress, showView } from "./view.ts";

export interface BrowserServicesOptions {
  /** The desk that these serve; asked for when it is needed, for it is made with them. */
  readonly getDesk: () => Desk;
  readonly settings: SettingsStore;
  /** The errors that the site has pages about. */
  readonly errorCodes: readonly string[];
}

/** What a desk does in a browser. */
export function createBrowserServices({
  getDesk,
  settings,
  errorCodes,
}: BrowserServicesOptions): DeskServices {
  return {
    chooseLanguage(language: Language) {
      const desk = getDesk();
      settings.set({ language });
      keepPlace(() => {
        desk.language.value = language;
        showLanguage(desk, language);
      });
    },
    chooseTheme(theme: Theme) {
      settings.set({ theme });
      getDesk().theme.value = theme;
      applyTheme(theme, document.documentElement);
    },
    chooseSingleKeys(on) {
      settings.set({ singleKeys: on });
      getDesk().singleKeys.value = on;
    },
    chooseView(view) {
      history.pushState(null, "", getViewAddress(view, location));
      showView(getDesk(), view);
      scrollTo(0, 0);
    },
    async loadEditor() {
      const { createCodeEditor } = await import("../../editor/editor.ts");
      return createCodeEditor;
    },
    maybeErrorPage: (code, language) =>
      errorCodes.includes(code) ? getErrorAddress(code, { base: getDesk().base, language }) : undefined,
    async highlight(source) {
      const [{ highlightTypeScript }, { findReferenceLinks }] = await Promise.all([
        import("../../notebook/markdown/highlight.ts"),
        import("../../notebook/markdown/reference-links.ts"),
      ]);
      return highlightTypeScript(source, { links: findReferenceLinks(source) });
    },
    async copyLink(anchor) {
      const { session } = getDesk();
      const url = new URL(location.href);
      url.hash = anchor;
      // Where the clipboard is refused the reader finds the link in the address bar.
      history.replaceState(null, "", url);
      await navigator.clipboard.writeText(url.href);
      session.notify({ kind: "link-copied" });
      setTimeout(() => session.dismiss("link-copied"), 3000);
    },
    async openShelf() {
      const { ShelfDialog } = await import("../shelf/shelf-dialog.tsx");
      const desk = getDesk();
      desk.shelfDialog.value = ShelfDialog;
      desk.shelfOpen.value = true;
    },
    async download() {
      const address = maybeFileAddress();
      if (!address)
        throw new Error(
          "download: the page names no file of the lecture (link rel=alternate, text/markdown).",
        );
      const response = await fetch(address);
      if (!response.ok)
        throw new Error(`download: ${address} answered ${response.status}; reload the page and try again.`);
      const { getEditedFile } = await import("./lecture-file.ts");
      const { session, lecture } = getDesk();
      const edits = new Map<CellId, string>(
        session.cells.filter(({ edited }) => edited.peek()).map(({ id, source }) => [id, source.peek()]),
      );
      const name = `${lecture.id}.md`;
      save({ name, text: getEditedFile({ path: name, text: await response.text() }, edits) });
    },
  };
}

/** The address of the lecture's own file, where the site offers it. */
export function maybeFileAddress(): string | undefined {
  return document.querySelector<HTMLLinkElement>('link[rel="alternate"][type="text/markdown"]')?.href;
}

/** The document's own words, which lie outside the page's root. */
function showLanguage({ lecture, base }: Desk, language: Language): void {
  document.documentElement.lang = language;
  document.title = `${lecture.title[language]} – ${getMessages(language).siteName}`;
  history.replaceState(
    null,
    "",
    getLectureAddress(lecture.id, { base, language }) + location.search + location.hash,
  );
}

function save({ name, text }: { name: string; text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
