/** The library's reference documentation as plain data: what docs/reference and the pages of the site are made from. */

/** What stands in a docstring. */
export interface Docstring {
  /** Markdown, without the tags. */
  readonly text: string;
  /** The first sentence of the text, for a list. Empty where there is no docstring. */
  readonly summary: string;
  /** `@ko`: the summary in Korean. */
  readonly korean: string | undefined;
  /** `@example`: TypeScript, as it is. */
  readonly examples: readonly string[];
  /** `@throws`: when it fails, Markdown. */
  readonly errors: readonly string[];
  /** `@see`: where to read on, Markdown. */
  readonly sources: readonly string[];
}

/** One line of an options object, an interface or a class. */
export interface Member {
  readonly name: string;
  /** As it is declared, on one line: `samples?: number`. */
  readonly code: string;
  readonly doc: Docstring;
}

/** An options type, as an entry shows it. */
export interface OptionGroup {
  readonly name: string;
  readonly members: readonly Member[];
  /** Options types whose members it has too: long ones, which another entry of the module shows. */
  readonly more: readonly string[];
}

export type EntryKind = "function" | "class" | "constant" | "type";

/** One name that a module exports. */
export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
  /** The declaration without its body, as it is written in the source. */
  readonly signature: string;
  readonly doc: Docstring;
  /** The types of its arguments that are named …Options or …Spec, what they inherit included. */
  readonly options: readonly OptionGroup[];
  /** Of a class or an interface. */
  readonly members: readonly Member[];
  /** The file that declares it, from the project's root, and the line, counted from 1. */
  readonly file: string;
  readonly line: number;
}

/** A module that cells import. */
export interface ReferenceModule {
  /** "text". */
  readonly name: string;
  /** "gongbu/text". */
  readonly specifier: string;
  readonly file: string;
  readonly doc: Docstring;
  /** In the order in which the module exports them: first what is called, then the types. */
  readonly entries: readonly Entry[];
}

/** Whether the entry is called or read at run time; the others are types. */
export function isValue({ kind }: Pick<Entry, "kind">): boolean {
  return kind !== "type";
}
