import type { Language } from "./language.ts";

export interface SiteAddress {
  /** The site's own path, with its last slash: "/" or "/gongbu/". */
  readonly base: string;
  readonly language: Language;
}

export function getIndexAddress({ base, language }: SiteAddress): string {
  return language === "en" ? base : `${base}${language}/`;
}

export function getLectureAddress(lecture: string, { base, language }: SiteAddress): string {
  return `${base}${language}/${lecture}/`;
}

/** The page that explains an error. Only for codes that the site has a page for. */
export function getErrorAddress(code: string, { base, language }: SiteAddress): string {
  return `${base}${language}/errors/${code}/`;
}

/** The library's reference: the list of its modules, or the page of one. */
export function getReferenceAddress({ base, language }: SiteAddress, module?: string): string {
  return `${base}${language}/reference/${module === undefined ? "" : `${module}/`}`;
}

/** A source file of the library, by path from the project's root; with a line, at that line. */
export function getSourceAddress(
  file: string,
  { base, language, line }: SiteAddress & { readonly line?: number },
): string {
  const path = file.replace(/^kernels\//, "").replace(/\.ts$/, "");
  return `${base}${language}/reference/source/${path}/${line === undefined ? "" : `#L${line}`}`;
}

/** The anchor of a cell; headings keep the id that the prose gives them. */
export function getCellAnchor(cell: string): string {
  return `cell-${cell}`;
}
