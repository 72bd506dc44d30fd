import { MoonIcon, SunIcon } from "./icons.tsx";

export interface ThemeButtonProps {
  readonly dark: boolean;
  /** "Dark theme". */
  readonly label: string;
  readonly onToggle: () => void;
}

/** Which of the two drawings is seen is decided by the style sheet, so the first paint is right without a script. */
export function ThemeButton({ dark, label, onToggle }: ThemeButtonProps) {
  return (
    <button
      type="button"
      class="button theme-button"
      aria-pressed={dark}
      aria-label={label}
      title={label}
      onClick={onToggle}
    >
      <span class="on-light">
        <MoonIcon />
      </span>
      <span class="on-dark">
        <SunIcon />
      </span>
    </button>
  );
}
