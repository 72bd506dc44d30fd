/** The parts of @observablehq/runtime 6 that the kernel uses; the package has no types of its own. */
declare module "@observablehq/runtime" {
  export interface Observer {
    pending?(): void;
    fulfilled?(value: unknown, name: string | null): void;
    rejected?(error: unknown, name: string | null): void;
  }
  export interface Variable {
    // Definitions are as various as cells are: their inputs come as arguments.
    define(name: string | null, inputs: readonly string[], definition: (...inputs: never[]) => unknown): this;
    delete(): this;
  }
  export interface Module {
    variable(observer?: Observer): Variable;
  }
  export class Runtime {
    constructor(builtins: Readonly<Record<string, unknown>>, global: (name: string) => unknown);
    module(): Module;
    dispose(): void;
  }
}
