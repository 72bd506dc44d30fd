/** A page of the reference as its components take it: what is Markdown or code in the source is HTML here. */
import type { Localized } from "../../../kernels/runtime/localized.ts";
import type { EntryKind } from "../../reference/reference.ts";

export interface ModuleArticle {
  /** "nn". */
  readonly name: string;
  /** "gongbu/nn". */
  readonly specifier: string;
  /** One sentence, inline HTML. */
  readonly summary: Localized;
  /** What the module's docstring says besides. */
  readonly html: string;
  readonly file: string;
  readonly entries: readonly EntryArticle[];
}

export interface EntryArticle {
  readonly name: string;
  readonly kind: EntryKind;
  /** One sentence, inline HTML; in Korean the English one where there is none. */
  readonly summary: Localized;
  /** Whether the entry has a Korean summary of its own. */
  readonly hasKorean: boolean;
  readonly signature: string;
  readonly html: string;
  readonly options: readonly OptionArticle[];
  readonly members: readonly MemberArticle[];
  readonly examples: readonly string[];
  readonly errors: readonly string[];
  readonly sources: readonly string[];
  readonly file: string;
  readonly line: number;
}

export interface OptionArticle {
  readonly name: string;
  /** The first entry that shows the type is where links to it lead. */
  readonly isAnchor: boolean;
  readonly members: readonly MemberArticle[];
  /** Other options types, as links. */
  readonly more: readonly string[];
}

export interface MemberArticle {
  readonly code: string;
  readonly html: string;
}

/** A source file of the library. */
export interface SourceArticle {
  /** From the project's root. */
  readonly file: string;
  /** One a line. */
  readonly lines: readonly string[];
}
