import { getIndexAddress } from "../addresses.ts";
import { languageNames, languages } from "../language.ts";
import type { Language } from "../language.ts";
import { getMessages } from "../messages/index.ts";
import { LanguageLink } from "../shell/language-link.tsx";
import { ThemeButton } from "../shell/theme-button.tsx";
import { Wordmark } from "../shell/wordmark.tsx";

export interface ReferenceBarProps {
  readonly base: string;
  readonly language: Language;
  /** The same page in another language. */
  readonly getAddress: (language: Language) => string;
}

/** The bar of a page that no component takes over: its script (reference-entry.ts) finds the button by its class. */
export function ReferenceBar({ base, language, getAddress }: ReferenceBarProps) {
  const words = getMessages(language);
  const other = languages.find((name) => name !== language) ?? language;
  return (
    <header class="top-bar">
      <Wordmark href={getIndexAddress({ base, language })} label={words.course} />
      <div class="top-tools">
        <LanguageLink
          to={other}
          href={getAddress(other)}
          label={words.switchLanguage(languageNames[other])}
        />
        <div class="needs-script">
          <ThemeButton dark={false} label={words.darkTheme} onToggle={() => undefined} />
        </div>
      </div>
    </header>
  );
}
