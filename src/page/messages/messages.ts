import type { BackendName, CellState } from "../../../kernels/runtime/protocol.ts";
import type { EntryKind } from "../../reference/reference.ts";

/** Every word of the page that is not a lecture's own. One object a language: what is missing there is a type error. */
export interface Messages {
  readonly siteName: string;
  readonly siteTagline: string;
  readonly courseIntro: string;
  readonly course: string;
  readonly lectures: string;
  readonly lectureNumber: (number: number) => string;
  readonly minutes: (count: number) => string;
  readonly toCome: string;
  readonly start: string;
  readonly continueIn: (title: string) => string;
  readonly cellsRun: (run: number, total: number) => string;
  readonly checksPassed: (count: number) => string;
  readonly finished: string;
  readonly previousLecture: string;
  readonly nextLecture: string;
  readonly skipToContent: string;

  readonly contents: string;
  readonly openContents: string;
  readonly close: string;
  readonly language: string;
  readonly switchLanguage: (name: string) => string;
  readonly darkTheme: string;
  readonly lightTheme: string;
  readonly more: string;

  readonly appView: string;
  readonly lectureView: string;
  readonly appStart: string;
  readonly appRestart: string;
  readonly appHint: string;
  readonly appEmpty: string;

  readonly runAll: string;
  readonly interrupt: string;
  readonly restart: string;
  readonly shortcuts: string;
  readonly kernel: string;
  readonly kernelOff: string;
  readonly kernelStarting: string;
  readonly kernelReady: string;
  readonly kernelBusy: string;
  readonly kernelFailed: string;
  readonly backendAuto: string;
  readonly backendNames: Readonly<Record<BackendName, string>>;
  /** `instructions`: "SIMD", or nothing. */
  readonly backendDetail: (instructions: string, threads: number) => string;
  readonly backendHint: string;
  /** A backend's name, and how long a small model's training step takes on it. */
  readonly backendTime: (name: string, ms: string) => string;
  /** Automatic, and what that means here. */
  readonly backendAutoNow: (name: string) => string;
  readonly memory: (tensors: string, size: string) => string;

  readonly cell: (id: string) => string;
  readonly states: Readonly<Record<CellState, string>>;
  readonly locked: string;
  readonly waitingFor: (cells: string) => string;
  readonly announce: (cell: string, state: string, time: string | undefined) => string;
  readonly announceMany: (count: number, state: string) => string;
  readonly run: string;
  readonly runCell: (id: string) => string;
  readonly stopCell: (id: string) => string;
  readonly runToHere: string;
  readonly edit: string;
  readonly edited: string;
  readonly backToOriginal: string;
  readonly copyLink: string;
  readonly linkCopied: string;
  readonly fold: string;
  readonly unfold: string;
  readonly lines: (count: number) => string;
  readonly cellMenu: (id: string) => string;
  readonly codeOf: (id: string) => string;
  readonly outputOf: (id: string) => string;
  readonly consoleOf: (id: string) => string;
  readonly fromEarlierRun: string;
  readonly unshown: (line: number) => string;
  readonly editorFailed: (reason: string) => string;

  readonly exercise: string;
  readonly check: string;
  readonly passed: string;
  readonly notYet: string;
  readonly passedBefore: string;
  readonly runCheck: string;
  readonly showSolution: string;
  readonly solutionQuestion: string;
  readonly solutionWarning: string;
  readonly showIt: string;
  readonly keepTrying: string;
  readonly backToMine: string;
  readonly solutionShown: string;

  readonly yourBet: string;
  readonly commitBet: string;
  readonly runToBet: string;
  readonly chooseFirst: string;
  readonly betCommitted: string;
  readonly lockedByBet: string;
  readonly goToBet: string;

  readonly conflictTab: string;
  readonly conflictCourse: string;
  readonly mine: string;
  readonly theirsTab: string;
  readonly theirsCourse: string;
  readonly keepMine: string;
  readonly takeTheirs: string;

  readonly errorMeaning: (code: string) => string;

  readonly reference: string;
  readonly referenceIntro: string;
  readonly referenceOrigin: string;
  readonly modules: string;
  readonly findName: string;
  readonly namesFound: (count: number) => string;
  readonly entryKinds: Readonly<Record<EntryKind, string>>;
  readonly types: string;
  readonly options: string;
  readonly members: string;
  readonly alsoOptionsOf: string;
  readonly example: string;
  readonly errors: string;
  readonly readOn: string;
  readonly sourceCode: string;
  readonly opensNewTab: string;

  readonly notices: string;
  readonly dismiss: string;
  readonly undo: string;
  readonly retry: string;
  readonly kernelEnded: (lost: number) => string;
  readonly kernelFailedBecause: (reason: string) => string;
  readonly compileFailedBecause: (reason: string) => string;
  readonly restarted: (lost: number) => string;
  readonly backendChanged: (name: string, lost: number) => string;
  readonly fasterBackend: (name: string, ratio: string) => string;
  readonly stoppedAtBet: (cell: string) => string;
  readonly startFailed: string;
  readonly nothingKept: string;
  readonly saveFailed: (reason: string) => string;
  readonly reverted: (cell: string) => string;
  readonly hostRefused: (host: string, cell: string | undefined) => string;
  readonly allowHost: (host: string) => string;
  readonly declineHost: string;
  readonly hostAllowed: (host: string) => string;
  readonly runAgain: (cell: string) => string;
  readonly removeHost: (host: string) => string;

  readonly shortcutGroups: Readonly<Record<ShortcutGroup, string>>;
  readonly shortcutNames: Readonly<Record<ShortcutName, string>>;
  readonly singleKeys: string;
  readonly twice: string;

  readonly models: string;
  readonly modelsHint: string;
  readonly noModels: string;
  readonly bringModel: string;
  readonly broughtModel: string;
  readonly downloadModel: string;
  readonly removeModel: string;

  readonly download: string;
  readonly milliseconds: (value: string) => string;
  readonly seconds: (value: string) => string;
  readonly minutesAndSeconds: (minutes: string, seconds: string) => string;
}

export type ShortcutGroup = "move" | "run" | "write" | "kernel";

export type ShortcutName =
  | "next"
  | "previous"
  | "edit"
  | "leave"
  | "run"
  | "runAndAdvance"
  | "runToHere"
  | "interrupt"
  | "restart"
  | "sheet";
