/**
 * What every cell can use without importing it, declared for the type checker; compile/builtins.ts has the names.
 * `GongbuSeen` is what a cell sees of another cell's value: a promise's result, a generator's latest value.
 */
export const builtinDeclarations = `
/** Shows a value under the cell and returns it. A later value with the same \`id\` takes the earlier one's place. */
declare function display<T>(value: T, options?: { readonly id?: string }): T;

/** Shows a control. The cells that read the name see the control's value, and run again when it changes. */
declare function view<T>(control: import("@observablehq/inputs").Control<T>): AsyncGenerator<T, void, unknown>;

/** Words in both languages; the page shows those of the reader's. */
declare const text: typeof import("gongbu/display").text;

/** The controls: \`Inputs.range\`, \`Inputs.select\`, … */
declare const Inputs: typeof import("@observablehq/inputs");

/** Resolves when the cell is about to run again, or is stopped: the place to free what it holds. */
declare const invalidation: Promise<void>;

/** Aborted when the cell is about to run again, or is stopped. */
declare const signal: AbortSignal;

declare const Promises: {
  /** Resolves to \`value\` after \`ms\` milliseconds. */
  delay(ms: number): Promise<void>;
  delay<T>(ms: number, value: T): Promise<T>;
};

declare const Generators: {
  /** A generator of what is passed to \`change\`; values that nobody has read yet are skipped. */
  observe<T>(initialize: (change: (value: T) => void) => (() => void) | undefined | void): AsyncGenerator<T, void, unknown>;
};

/** Milliseconds since 1970, renewed ten times a second. */
declare const now: number;

declare const scheduler: {
  /** Lets other cells and an interrupt have their turn. */
  yield(): Promise<void>;
};

type GongbuSeen<T> = 0 extends 1 & T ? T : GongbuYielded<Awaited<T>>;

type GongbuYielded<T> = 0 extends 1 & T
  ? T
  : T extends AsyncGenerator<infer Y, any, any>
    ? Awaited<Y>
    : T extends Generator<infer Y, any, any>
      ? Awaited<Y>
      : T;
`;
