import { languageNames } from "../language.ts";
import type { Language } from "../language.ts";

export interface LanguageLinkProps {
  /** The language to change to. */
  readonly to: Language;
  readonly href: string;
  /** Says what the link does, in the present language. */
  readonly label: string;
  /** Changes the language in place. Without it, or with a modifier key, the link is followed. */
  readonly onSwitch?: (to: Language) => void;
}

export function LanguageLink({ to, href, label, onSwitch }: LanguageLinkProps) {
  return (
    <a
      class="button language-link"
      href={href}
      hreflang={to}
      lang={to}
      title={label}
      onClick={(event) => {
        if (!onSwitch || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onSwitch(to);
      }}
    >
      {languageNames[to]}
    </a>
  );
}
