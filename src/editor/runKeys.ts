/** What the run keys read of a KeyboardEvent. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly repeat: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface RunKeysOptions {
  readonly onRun: () => void;
  readonly onRunAndAdvance: () => void;
  /** Calls back once the composed text is in the document. Returns what cancels it. */
  readonly later: (callback: () => void) => () => void;
}

/**
 * Shift+Enter and Ctrl/Cmd+Enter. While a syllable is being composed (Korean, Japanese, Chinese) the text is not whole
 * yet: a run that is asked for then happens once, when the composition has ended. An input method may report the same
 * press twice, first as part of the composition (key code 229) and then, after its end, as itself.
 */
export class RunKeys {
  readonly #options: RunKeysOptions;
  #composing = false;
  /** The press that was taken is not over until the key comes up. */
  #down = false;
  #pending: (() => void) | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: RunKeysOptions) {
    this.#options = options;
  }

  /** Whether the press was a run key, and so is nobody else's. */
  keyDown(press: KeyPress): boolean {
    const run = this.#maybeRun(press);
    if (!run) return false;
    const known = this.#down || press.repeat;
    this.#down = true;
    if (known) return true;
    if (this.#composing || isComposing(press)) this.#wait(run);
    else if (!this.#pending) run();
    return true;
  }

  keyUp({ key, code }: Pick<KeyPress, "key" | "code">): void {
    if (isEnter({ key, code })) this.#down = false;
  }

  compositionStart(): void {
    this.#composing = true;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  compositionEnd(): void {
    this.#composing = false;
    if (this.#pending) this.#runLater();
  }

  /** The editor has lost the focus, and with it the composition and the key's coming up. A run that waits still comes. */
  blur(): void {
    this.#down = false;
    if (this.#composing) this.compositionEnd();
  }

  /** The editor goes away, and with it a run that waits. */
  forget(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#pending = undefined;
  }

  #maybeRun(press: KeyPress): (() => void) | undefined {
    if (!isEnter(press) || press.altKey) return undefined;
    const control = press.ctrlKey || press.metaKey;
    if (press.shiftKey) return control ? undefined : this.#options.onRunAndAdvance;
    return control ? this.#options.onRun : undefined;
  }

  #wait(run: () => void): void {
    if (this.#pending) return;
    this.#pending = run;
    // Key code 229 without a composition under way: Safari tells of the press after the composition's end.
    if (!this.#composing) this.#runLater();
  }

  #runLater(): void {
    this.#cancel?.();
    this.#cancel = this.#options.later(() => {
      const run = this.#pending;
      this.#pending = undefined;
      this.#cancel = undefined;
      run?.();
    });
  }
}

function isComposing({ isComposing, keyCode }: KeyPress): boolean {
  return isComposing || keyCode === 229;
}

/** While composing, `key` may be "Process" and only `code` tells which key it was. */
function isEnter({ key, code }: Pick<KeyPress, "key" | "code">): boolean {
  return key === "Enter" || code === "Enter" || code === "NumpadEnter";
}
