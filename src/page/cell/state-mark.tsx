import type { CellState } from "../../../kernels/runtime/protocol.ts";

export interface StateMarkProps {
  readonly state: CellState | "locked";
  /** The state in words; kept for those who do not see the mark. */
  readonly words: string;
  /** Whether the words are shown to everybody. Default false. */
  readonly spelled?: boolean;
}

/** A cell's state as a small shape: each state has its own form, so that colour is not the only sign. */
export function StateMark({ state, words, spelled = false }: StateMarkProps) {
  return (
    <span class="state-mark" data-state={state}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
        <Shape state={state} />
      </svg>
      <span class={spelled ? "state-words" : "visually-hidden"}>{words}</span>
    </span>
  );
}

function Shape({ state }: { readonly state: StateMarkProps["state"] }) {
  switch (state) {
    case "idle":
      return <circle class="mark-line" cx="6" cy="6" r="3.25" />;
    case "queued":
      return <circle class="mark-line mark-dashed" cx="6" cy="6" r="4" />;
    case "running":
    case "streaming":
      return (
        <g class="mark-turning">
          <circle class="mark-line mark-track" cx="6" cy="6" r="4.25" />
          <path class="mark-line" d="M6 1.75A4.25 4.25 0 0 1 10.25 6" />
        </g>
      );
    case "done":
      return <circle class="mark-solid" cx="6" cy="6" r="3.5" />;
    case "stale":
      return (
        <g>
          <circle class="mark-line" cx="6" cy="6" r="3.5" />
          <path class="mark-solid" d="M6 2.5a3.5 3.5 0 0 0 0 7Z" />
        </g>
      );
    case "failed":
      return <path class="mark-line mark-strong" d="m3 3 6 6M9 3 3 9" />;
    case "interrupted":
      return <rect class="mark-solid" x="3" y="3" width="6" height="6" rx="1" />;
    case "locked":
      return <path class="mark-line" d="M3 5.5h6v4.5H3ZM4.2 5.5V4a1.8 1.8 0 0 1 3.6 0v1.5" />;
    default:
      return state satisfies never;
  }
}
