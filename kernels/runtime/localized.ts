/** Words for a person, in both languages of the course. The page shows the one the reader has chosen. */
export interface Localized {
  readonly en: string;
  readonly ko: string;
}

/** A label, title or message: either one string for both languages, or one for each. */
export type Text = string | Localized;
