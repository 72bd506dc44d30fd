import { CloseIcon } from "../shell/icons.tsx";
import { getWords } from "../language.ts";
import type { Language } from "../language.ts";
import type { Messages } from "../messages/index.ts";
import type { Notice, Session } from "../session/index.ts";
import { focusCell } from "./cell-focus.ts";
import { useDesk } from "./desk.ts";

interface NoticeAction {
  readonly label: string;
  readonly act: () => void;
}

/** What the reader should know, at the foot of the window until it is dismissed. */
export function Notices() {
  const { session, messages, language } = useDesk();
  const words = messages.value;
  return (
    <div class="notices" role="status" aria-label={words.notices}>
      {session.notices.value.map((notice) => {
        const action = maybeAction(notice, { messages: words, session });
        const dismiss = () => session.dismiss(notice.kind);
        return (
          <div key={notice.kind} class="notice" data-kind={notice.kind}>
            <p>{getNoticeWords(notice, { messages: words, language: language.value })}</p>
            {action && (
              <button
                type="button"
                class="button button-accent"
                onClick={() => {
                  dismiss();
                  action.act();
                }}
              >
                {action.label}
              </button>
            )}
            <button
              type="button"
              class="button"
              aria-label={words.dismiss}
              title={words.dismiss}
              onClick={dismiss}
            >
              <CloseIcon />
            </button>
          </div>
        );
      })}
    </div>
  );
}

function maybeAction(
  notice: Notice,
  { messages, session }: { messages: Messages; session: Session },
): NoticeAction | undefined {
  if (notice.kind === "kernel-failed") return { label: messages.retry, act: () => void session.restart() };
  if (notice.kind === "reverted") return { label: messages.undo, act: notice.undo };
  if (notice.kind === "stopped-at-bet") return { label: messages.goToBet, act: () => focusCell(notice.bet) };
  return undefined;
}

export function getNoticeWords(
  notice: Notice,
  { messages, language }: { messages: Messages; language: Language },
): string {
  switch (notice.kind) {
    case "kernel-ended":
      return messages.kernelEnded(notice.lost.length);
    case "kernel-failed":
      return messages.kernelFailedBecause(getWords(notice.text, language));
    case "compile-failed":
      return messages.compileFailedBecause(getWords(notice.text, language));
    case "restarted":
      return messages.restarted(notice.lost.length);
    case "backend-changed": {
      const name = notice.backend === "auto" ? messages.backendAuto : messages.backendNames[notice.backend];
      return messages.backendChanged(name, notice.lost.length);
    }
    case "stopped-at-bet":
      return messages.stoppedAtBet(notice.cell);
    case "nothing-kept":
      return messages.nothingKept;
    case "save-failed":
      return messages.saveFailed(notice.reason);
    case "link-copied":
      return messages.linkCopied;
    case "reverted":
      return messages.reverted(notice.cell);
    default:
      return notice satisfies never;
  }
}
