import type { BackendName } from "../../../kernels/runtime/protocol.ts";
import type { Text } from "../../../kernels/runtime/localized.ts";
import type { CellId } from "../../notebook/notebook.ts";

/** Something that the reader should know and may act on. The page finds the words. */
export type Notice =
  /** The kernel did not answer an interrupt and was ended; these cells lost their values. */
  | { readonly kind: "kernel-ended"; readonly lost: readonly CellId[] }
  | { readonly kind: "kernel-failed"; readonly text: Text }
  /** Edited code could not be compiled because the compiler itself could not be had. */
  | { readonly kind: "compile-failed"; readonly text: Text }
  | { readonly kind: "restarted"; readonly lost: readonly CellId[] }
  | {
      readonly kind: "backend-changed";
      readonly backend: BackendName | "auto";
      readonly lost: readonly CellId[];
    }
  /** It was measured: another backend trains so many times as fast here, and is taken at the kernel's next start. */
  | { readonly kind: "faster-backend"; readonly backend: BackendName; readonly ratio: number }
  /** Run-all ended before `cell`, which waits for the bet made in `bet`. */
  | { readonly kind: "stopped-at-bet"; readonly bet: CellId; readonly cell: CellId }
  /** The browser keeps nothing: work lasts as long as the page. */
  | { readonly kind: "nothing-kept" }
  | { readonly kind: "save-failed"; readonly reason: string }
  | { readonly kind: "link-copied" }
  /** A cell is back to the course's text; `undo` brings the reader's back. */
  | { readonly kind: "reverted"; readonly cell: CellId; readonly undo: () => void }
  /** A cell was refused a host that the reader may allow. */
  | { readonly kind: "host-refused"; readonly host: string }
  | { readonly kind: "host-allowed"; readonly host: string };

export type NoticeKind = Notice["kind"];
