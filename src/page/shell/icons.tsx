import type { ComponentChildren } from "preact";

/** Line drawings of 16 by 16 in the colour of the words beside them. Never alone: the button that holds one is named. */
function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const PlayIcon = () => (
  <Icon>
    <path
      class="icon-solid"
      d="M5 3.2v9.6a.5.5 0 0 0 .77.42l7.3-4.8a.5.5 0 0 0 0-.84l-7.3-4.8A.5.5 0 0 0 5 3.2Z"
    />
  </Icon>
);

export const PlayAllIcon = () => (
  <Icon>
    <path
      class="icon-solid"
      d="M2 4v8a.5.5 0 0 0 .78.41L8 8.9V12a.5.5 0 0 0 .78.41l5.7-4a.5.5 0 0 0 0-.82l-5.7-4A.5.5 0 0 0 8 4v3.1L2.78 3.59A.5.5 0 0 0 2 4Z"
    />
  </Icon>
);

/** Two boxes on a shelf. */
export const ShelfIcon = () => (
  <Icon>
    <path d="M2 12.8h12" />
    <path d="M3.4 12.6V7.4h4v5.2" />
    <path d="M8.8 12.6V4.2h3.8v8.4" />
  </Icon>
);

export const StopIcon = () => (
  <Icon>
    <rect class="icon-solid" x="4" y="4" width="8" height="8" rx="1.2" />
  </Icon>
);

export const RestartIcon = () => (
  <Icon>
    <path d="M13 8a5 5 0 1 1-1.6-3.7L13 5.8" />
    <path d="M13 2.6v3.2H9.8" />
  </Icon>
);

export const LockIcon = () => (
  <Icon>
    <rect x="3.5" y="7" width="9" height="6.2" rx="1.2" />
    <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
  </Icon>
);

export const ContentsIcon = () => (
  <Icon>
    <path d="M2.5 4h11M2.5 8h7.5M2.5 12h9.5" />
  </Icon>
);

export const MoreIcon = () => (
  <Icon>
    <g class="icon-solid">
      <circle cx="3.4" cy="8" r="1.2" />
      <circle cx="8" cy="8" r="1.2" />
      <circle cx="12.6" cy="8" r="1.2" />
    </g>
  </Icon>
);

export const ChevronIcon = () => (
  <Icon>
    <path d="m6 4 4 4-4 4" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);

export const CheckIcon = () => (
  <Icon>
    <path d="m3 8.5 3.2 3.2L13 4.8" />
  </Icon>
);

export const PencilIcon = () => (
  <Icon>
    <path d="m3 13 .6-2.8 7.3-7.3a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7l-7.3 7.3Z" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z" />
  </Icon>
);

export const AppIcon = () => (
  <Icon>
    <rect x="2" y="3" width="12" height="10" rx="1.5" />
    <path d="M2 6h12M5 9.5h6" />
  </Icon>
);

export const KeyboardIcon = () => (
  <Icon>
    <rect x="1.5" y="4" width="13" height="8.5" rx="1.5" />
    <path d="M4 6.8h.01M6.7 6.8h.01M9.3 6.8h.01M12 6.8h.01M5 9.8h6" />
  </Icon>
);

export const BookIcon = () => (
  <Icon>
    <path d="M8 4.2C6.6 3.2 4.8 2.8 2.5 2.8v9.4c2.3 0 4.1.4 5.5 1.4 1.4-1 3.2-1.4 5.5-1.4V2.8c-2.3 0-4.1.4-5.5 1.4Z" />
    <path d="M8 4.2v9.4" />
  </Icon>
);
