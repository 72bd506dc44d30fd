import { CloseIcon } from "../shell/icons.tsx";
import { getWords } from "../language.ts";
import type { Language } from "../language.ts";
import type { Messages } from "../messages/index.ts";
import { maybeRefusedCell } from "../session/index.ts";
import type { CellModel, Notice } from "../session/index.ts";
import { focusCell } from "./cell-focus.ts";
import { useDesk } from "./desk.ts";
import type { Desk } from "./desk.ts";

interface NoticeAction {
  readonly label: string;
  readonly act: () => void;
}

/** What the reader should know, at the foot of the window until it is dismissed. */
export function Notices() {
  const desk = useDesk();
  const { session, messages, language } = desk;
  const words = messages.value;
  return (
    <div class="notices" role="status" aria-label={words.notices}>
      {session.notices.value.map((notice) => {
        const action = maybeAction(notice, desk);
        const dismiss = () => session.dismiss(notice.kind);
        return (
          <div key={notice.kind} class="notice" data-kind={notice.kind}>
            <p>
              {getNoticeWords(notice, { messages: words, language: language.value, cells: session.cells })}
            </p>
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
            {notice.kind === "host-refused" ? (
              <button type="button" class="button button-quiet" onClick={dismiss}>
                {words.declineHost}
              </button>
            ) : (
              <button
                type="button"
                class="button"
                aria-label={words.dismiss}
                title={words.dismiss}
                onClick={dismiss}
              >
                <CloseIcon />
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}

function maybeAction(
  notice: Notice,
  { messages, session, hosts }: Pick<Desk, "messages" | "session" | "hosts">,
): NoticeAction | undefined {
  const words = messages.value;
  switch (notice.kind) {
    case "kernel-failed":
      return { label: words.retry, act: () => void session.restart() };
    case "reverted":
      return { label: words.undo, act: notice.undo };
    case "stopped-at-bet":
      return { label: words.goToBet, act: () => focusCell(notice.bet) };
    case "host-refused": {
      const { host } = notice;
      const allow = () => {
        hosts.allow(host);
        session.notify({ kind: "host-allowed", host });
      };
      return { label: words.allowHost(host), act: allow };
    }
    case "host-allowed": {
      const cell = maybeRefusedCell(session.cells, notice.host);
      return cell && { label: words.runAgain(cell), act: () => void session.run(cell) };
    }
    case "faster-backend":
      return { label: words.restart, act: () => void session.restart() };
    default:
      return undefined;
  }
}

interface NoticeReader {
  readonly messages: Messages;
  readonly language: Language;
  readonly cells: readonly CellModel[];
}

export function getNoticeWords(notice: Notice, { messages, language, cells }: NoticeReader): string {
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
    case "faster-backend":
      return messages.fasterBackend(messages.backendNames[notice.backend], notice.ratio.toFixed(1));
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
    case "host-refused":
      return messages.hostRefused(notice.host, maybeRefusedCell(cells, notice.host));
    case "host-allowed":
      return messages.hostAllowed(notice.host);
    default:
      return notice satisfies never;
  }
}
