import { batch, computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Text } from "../../../kernels/runtime/localized.ts";
import type { BackendName, CellUpdate, FromKernel } from "../../../kernels/runtime/protocol.ts";
import type { CellProgram } from "../../../kernels/runtime/program.ts";
import type { Lecture } from "../../notebook/lecture.ts";
import type { CellId } from "../../notebook/notebook.ts";
import { getEmptyProgress, getJoinedProgress } from "../../storage/index.ts";
import type { ProgressRow } from "../../storage/index.ts";
import { applyUpdate, createCellModel, isBusy, loseValue } from "./cell-model.ts";
import type { CellModel } from "./cell-model.ts";
import type { Clock } from "./clock.ts";
import { createFrameBatch } from "./frame-batch.ts";
import { findInputs, getChoice, isChosen } from "./inputs.ts";
import { createKernelLife, KernelEndedError } from "./kernel-life.ts";
import type { KernelStatus, StartKernel } from "./kernel-life.ts";
import type { Notice, NoticeKind } from "./notice.ts";
import { createPrograms } from "./programs.ts";
import type { Compiler } from "./programs.ts";
import { findFastest } from "../kernel/measure-backends.ts";
import type { BackendTimes } from "../kernel/measure-backends.ts";
import { findNeeded, getReads } from "./reads.ts";
import { getLocks, getRoles } from "./roles.ts";
import type { Roles } from "./roles.ts";
import { maybeVerdict } from "./verdict.ts";

export type BackendChoice = BackendName | "auto";

export interface Backend {
  readonly name: BackendName;
  readonly simd: boolean;
  readonly fma: boolean;
  readonly threads: number;
  readonly note?: Text;
}

export interface Memory {
  readonly tensors: number;
  readonly bytes: number;
}

/** A reader's work on one lecture: its cells, the kernel that runs them, and what was reached. */
export interface Session {
  readonly lectureId: string;
  readonly roles: Roles;
  /** In document order, solutions left out. */
  readonly cells: readonly CellModel[];
  getCell(id: CellId): CellModel;

  readonly kernel: ReadonlySignal<KernelStatus>;
  readonly chosenBackend: ReadonlySignal<BackendChoice>;
  /** How fast each backend trains here, once it has been measured: "auto" takes the fastest. */
  readonly backendTimes: ReadonlySignal<BackendTimes | undefined>;
  /** As the kernel reports it, once TensorFlow.js is loaded. */
  readonly backend: ReadonlySignal<Backend | undefined>;
  readonly memory: ReadonlySignal<Memory | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  readonly locks: ReadonlySignal<ReadonlyMap<CellId, string>>;
  readonly progress: ReadonlySignal<ProgressRow>;
  /** What the reader had written where a solution now stands, by exercise. */
  readonly attempts: ReadonlySignal<ReadonlyMap<string, string>>;
  /** What the reader has set in this kernel, by control. */
  readonly inputValues: ReadonlySignal<ReadonlyMap<string, unknown>>;
  /** How often the reader has asked for cells to be run. */
  readonly asked: ReadonlySignal<number>;
  readonly notices: ReadonlySignal<readonly Notice[]>;
  notify(notice: Notice): void;
  dismiss(kind: NoticeKind): void;

  run(id: CellId): Promise<void>;
  /** Runs a cell and gives the next one to stand on. */
  runAndAdvance(id: CellId): CellId | undefined;
  runTo(id: CellId): Promise<void>;
  runAll(): Promise<void>;
  /** Stops what runs. A kernel that does not answer within 500 ms is ended and started anew. */
  interrupt(): Promise<void>;
  restart(): Promise<void>;
  setBackend(name: BackendChoice): Promise<void>;
  /** For the next start; nothing is restarted. Times of no backend count for nothing. */
  takeBackendTimes(times: BackendTimes): void;
  setInput(inputId: string, value: unknown): void;

  /** Typing. Nothing is compiled or run by it. */
  edit(id: CellId, source: string): void;
  /** Back to the course's own text; a notice offers the way back. */
  revert(id: CellId): void;
  showSolution(exercise: string): void;
  commitBet(name: string): void;
  /** Takes over what was reached before, or in another tab. */
  joinProgress(row: ProgressRow): void;
  end(): void;
}

export interface SessionOptions {
  readonly lecture: Pick<Lecture, "id" | "blocks">;
  readonly startKernel: StartKernel;
  readonly loadCompiler: () => Promise<Compiler>;
  readonly clock: Clock;
  /** Milliseconds since 1970, for the time of a bet. */
  readonly getDate: () => number;
  readonly backend?: BackendChoice;
  /** As they were measured on an earlier visit. */
  readonly backendTimes?: BackendTimes;
  /** How long an interrupt waits for its answer. Default 500 ms, a pause that still feels like an answer. */
  readonly patience?: number;
}

/** From this ratio on the reader is told that another backend would train faster. */
const WORTH_TELLING = 1.2;

// One file, for every action reads the same cells, kernel and notices; what can be judged alone lies beside it.
export function createSession(options: SessionOptions): Session {
  const { lecture, clock, patience = 500 } = options;
  const roles = getRoles(lecture);
  const cells = roles.cells.map(createCellModel);
  const byId = new Map(cells.map((model) => [model.id, model]));
  const programs = createPrograms(cells, {
    loadCompiler: options.loadCompiler,
    solutions: [...roles.solutions.values()].map(({ program }) => program),
  });
  const after = new Map(
    roles.cells.flatMap(({ id, attributes }) =>
      attributes.after === undefined ? [] : [[id, attributes.after] as const],
    ),
  );

  const chosenBackend = signal<BackendChoice>(options.backend ?? "auto");
  const backendTimes = signal(options.backendTimes);
  const backend = signal<Backend | undefined>(undefined);
  const memory = signal<Memory | undefined>(undefined);
  const progress = signal(getEmptyProgress(lecture.id));
  const attempts = signal<ReadonlyMap<string, string>>(new Map());
  const asked = signal(0);
  const notices = signal<readonly Notice[]>([]);
  const busy = computed(() => cells.some(({ kernelState }) => isBusy(kernelState.value)));
  const reads = computed(() => getReads(cells.map(({ program }) => program.value)));
  const locks = computed(() =>
    getLocks(reads.value, { after, committed: new Set(progress.value.bets.map(({ name }) => name)) }),
  );

  const kernel = createKernelLife({
    startKernel: options.startKernel,
    getBackend: getStartBackend,
    onMessage: take,
    onFailure: (error) => {
      forget();
      notify({ kind: "kernel-failed", text: error.message });
    },
  });
  const updates = createFrameBatch<CellUpdate>(clock, takeUpdate);
  const inputValues = signal<ReadonlyMap<string, unknown>>(new Map());
  let defined: readonly CellProgram[] | undefined;
  const unsent = new Set<CellModel>();
  let interrupting: Promise<void> | undefined;
  /** Counts kernels and interrupts: what was asked before one is not sent after it. */
  let epoch = 0;

  function getStartBackend(): BackendChoice {
    const chosen = chosenBackend.peek();
    return chosen === "auto" ? (findFastest(backendTimes.peek() ?? {}) ?? chosen) : chosen;
  }

  function getCell(id: CellId): CellModel {
    const model = byId.get(id);
    if (!model) throw new Error(`Session: the lecture "${lecture.id}" has no cell "${id}" that can be run.`);
    return model;
  }

  function notify(notice: Notice): void {
    notices.value = [...notices.peek().filter(({ kind }) => kind !== notice.kind), notice];
  }

  function dismiss(kind: NoticeKind): void {
    notices.value = notices.peek().filter((notice) => notice.kind !== kind);
  }

  // — what the kernel says

  function take(message: Exclude<FromKernel, { type: "reply" }>): void {
    switch (message.type) {
      case "ready":
      case "request": // The connection answers requests for bytes itself.
        return;
      case "backend":
        backend.value = message;
        return;
      case "memory":
        memory.value = message;
        return;
      case "cells":
        updates.add(message.updates, { isWhole: message.atRest });
        return;
      default:
        throw new Error(
          `Session: a kernel's message of unknown type: ${JSON.stringify(message satisfies never)}.`,
        );
    }
  }

  function takeUpdate(update: CellUpdate): void {
    const model = byId.get(update.cell);
    // A cell's last news may come after it was taken out of the notebook.
    if (!model || update.run < model.run.peek()) return;
    applyUpdate(model, update);
    const { attributes } = model.cell;
    if (attributes.bet !== undefined && update.outputs) keepBet(model, attributes.bet);
    if (update.state !== "done") return;
    reach({ ran: [model.id] });
    if (attributes.check !== undefined) void readVerdict(model, attributes.check);
  }

  async function readVerdict(model: CellModel, exercise: string): Promise<void> {
    const run = model.run.peek();
    const result = await kernel.ask({ type: "value", cell: model.id });
    if (model.run.peek() !== run) return;
    const verdict = maybeVerdict(result);
    model.verdict.value = verdict;
    if (verdict?.passed) reach({ passed: [exercise] });
  }

  /** A committed bet stands: controls that a new kernel made anew are set to it. */
  function keepBet(model: CellModel, name: string): void {
    const bet = progress.peek().bets.find((other) => other.name === name);
    if (!bet) return;
    findInputs(model).forEach(({ inputId, value }, index) => {
      const choice = bet.choice[index];
      const known = inputValues.peek().has(inputId) ? inputValues.peek().get(inputId) : value;
      if (choice === undefined || JSON.stringify(known) === JSON.stringify(choice)) return;
      sendInput(inputId, choice);
    });
  }

  function sendInput(inputId: string, value: unknown): void {
    inputValues.value = new Map(inputValues.peek()).set(inputId, value);
    kernel.send({ type: "input", inputId, value });
  }

  function reach(reached: Partial<ProgressRow>): void {
    joinProgress({ ...getEmptyProgress(lecture.id), ...reached });
  }

  function joinProgress(row: ProgressRow): void {
    const joined = getJoinedProgress(progress.peek(), row);
    if (JSON.stringify(joined) !== JSON.stringify(progress.peek())) progress.value = joined;
  }

  // — running

  async function runCells(ids: readonly CellId[]): Promise<void> {
    asked.value += 1;
    dismiss("host-allowed");
    const wanted = ids.filter((id) => !locks.peek().has(id)).map(getCell);
    if (wanted.length === 0) return;
    batch(() => {
      // What a run needs is taken as it stands, too: a check judges the code that the reader sees above it.
      const needed = findNeeded(ids, reads.peek());
      for (const model of cells) if (needed.has(model.id)) model.accepted.value = model.source.peek();
      wanted.forEach(showWaiting);
    });
    const begun = epoch;
    try {
      if (!(await prepare(begun))) return;
    } catch (error) {
      if (error instanceof KernelEndedError || begun !== epoch) return;
      // The kernel's own failure is told by its life; what is left is the compiler's.
      withdraw();
      notify({ kind: "compile-failed", text: error instanceof Error ? error.message : String(error) });
      return;
    }
    wanted.forEach((model) => unsent.delete(model));
    // An edit may have made a cell read what is locked.
    kernel.send({ type: "run", cells: wanted.map(({ id }) => id).filter((id) => !locks.peek().has(id)) });
  }

  /** Shows a cell waiting where the kernel is bound to say more of it. */
  function showWaiting(model: CellModel): void {
    if (model.run.peek() > 0 || isBusy(model.kernelState.peek())) return;
    model.kernelState.value = "queued";
    unsent.add(model);
  }

  /** Cells that wait for a kernel or a compiler, and of which the kernel knows nothing, wait no more. */
  function withdraw(): void {
    batch(() => unsent.forEach((model) => (model.kernelState.value = "idle")));
    unsent.clear();
  }

  /** A kernel that lives and has the notebook as it is now. False: it was ended meanwhile, and the run with it. */
  async function prepare(begun: number): Promise<boolean> {
    const started = kernel.start();
    const [current] = await Promise.all([programs.get(), started]);
    if (begun !== epoch) return false;
    if (current !== defined) {
      defined = current;
      kernel.send({ type: "define", cells: current });
    }
    return true;
  }

  function findCellsTo(last: number): readonly CellId[] {
    const part = cells.slice(0, last + 1);
    const locked = part.findIndex(({ id }) => locks.peek().has(id));
    const stop = part[locked];
    if (!stop) return part.map(({ id }) => id);
    const bet = roles.bets.get(locks.peek().get(stop.id) ?? "");
    if (bet !== undefined) notify({ kind: "stopped-at-bet", bet, cell: stop.id });
    return part.slice(0, locked).map(({ id }) => id);
  }

  /** The kernel is gone: every value with it. */
  function forget(): readonly CellId[] {
    epoch += 1;
    defined = undefined;
    unsent.clear();
    inputValues.value = new Map();
    updates.flush();
    let lost: readonly CellId[] = [];
    batch(() => {
      lost = cells.filter(loseValue).map(({ id }) => id);
      backend.value = undefined;
      memory.value = undefined;
    });
    return lost;
  }

  function endKernel(): readonly CellId[] {
    const lost = forget();
    kernel.end();
    return lost;
  }

  /** A fresh kernel that knows the notebook and has run nothing. Its failure is told by its life. */
  async function startAnew(): Promise<void> {
    try {
      await prepare(epoch);
    } catch (error) {
      if (kernel.status.peek() === "ready") throw error;
    }
  }

  async function stop(): Promise<void> {
    epoch += 1;
    withdraw();
    if (kernel.status.peek() === "starting") {
      endKernel();
      return;
    }
    const late = Symbol("late");
    let cancel = (): void => undefined;
    const waited = new Promise<typeof late>((resolve) => {
      cancel = clock.after(patience, () => resolve(late));
    });
    // One that is busy answers at once or never: the next is made ready while there is still time for the first.
    const cancelSpare = clock.after(patience / 4, () => kernel.prepare());
    const answer = await Promise.race([kernel.ask({ type: "interrupt" }), waited]);
    cancel();
    cancelSpare();
    if (answer !== late) return kernel.unprepare();
    notify({ kind: "kernel-ended", lost: endKernel() });
    await startAnew();
  }

  // — the reader's own text

  function edit(id: CellId, source: string): void {
    getCell(id).source.value = source;
  }

  return {
    lectureId: lecture.id,
    roles,
    cells,
    getCell,
    kernel: kernel.status,
    chosenBackend,
    backendTimes,
    backend,
    memory,
    busy,
    locks,
    progress,
    attempts,
    inputValues,
    asked,
    notices,
    notify,
    dismiss,

    run: (id) => runCells([id]),
    runAndAdvance(id) {
      void runCells([id]);
      return cells[cells.indexOf(getCell(id)) + 1]?.id;
    },
    runTo: (id) => runCells(findCellsTo(cells.indexOf(getCell(id)))),
    runAll: () => runCells(findCellsTo(cells.length - 1)),

    interrupt() {
      const status = kernel.status.peek();
      if (status === "off" || status === "failed") return Promise.resolve();
      interrupting ??= stop().finally(() => (interrupting = undefined));
      return interrupting;
    },
    async restart() {
      const lost = endKernel();
      notify({ kind: "restarted", lost });
      await startAnew();
    },
    async setBackend(name) {
      if (name === chosenBackend.peek()) return;
      chosenBackend.value = name;
      if (kernel.status.peek() === "off") return;
      notify({ kind: "backend-changed", backend: name, lost: endKernel() });
      await startAnew();
    },
    takeBackendTimes(times) {
      const fastest = findFastest(times);
      if (!fastest) return;
      backendTimes.value = times;
      const current = backend.peek();
      if (chosenBackend.peek() !== "auto" || !current || current.name === fastest) return;
      const ratio = (times[current.name] ?? Infinity) / times[fastest]!;
      if (ratio >= WORTH_TELLING) notify({ kind: "faster-backend", backend: fastest, ratio });
    },
    setInput(inputId, value) {
      // A control of an earlier run, or of a bet that is made, has nobody to speak to.
      if (kernel.status.peek() !== "ready" || isCommitted(inputId)) return;
      sendInput(inputId, value);
    },

    edit,
    revert(id) {
      const model = getCell(id);
      const before = model.source.peek();
      if (before === model.cell.source) return;
      edit(id, model.cell.source);
      notify({ kind: "reverted", cell: id, undo: () => edit(id, before) });
    },
    showSolution(exercise) {
      const solution = roles.solutions.get(exercise);
      const stub = roles.stubs.get(exercise);
      if (!solution || stub === undefined) {
        throw new Error(
          `Session.showSolution: exercise "${exercise}" has no stub or no solution in "${lecture.id}".`,
        );
      }
      programs.adopt(stub, solution);
      const attempt = getCell(stub).source.peek();
      if (getCell(stub).edited.peek() && attempt !== solution.source) {
        attempts.value = new Map(attempts.peek()).set(exercise, attempt);
      }
      edit(stub, solution.source);
      reach({ solutions: [exercise] });
    },
    commitBet(name) {
      const model = getCell(roles.bets.get(name) ?? ("" as CellId));
      const choice = getChoice(model, inputValues.peek());
      if (!isChosen(choice)) throw new Error(`Session.commitBet: the bet "${name}" has no choice yet.`);
      reach({ bets: [{ name, choice, time: options.getDate() }] });
      dismiss("stopped-at-bet");
    },
    joinProgress,
    end() {
      kernel.unprepare();
      endKernel();
    },
  };

  function isCommitted(inputId: string): boolean {
    return progress.peek().bets.some(({ name }) => {
      const id = roles.bets.get(name);
      return id !== undefined && findInputs(getCell(id)).some((input) => input.inputId === inputId);
    });
  }
}
