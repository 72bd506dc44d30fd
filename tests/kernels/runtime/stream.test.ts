import { describe, expect, it } from "vitest";
import type { CellId } from "../../../kernels/runtime/program.ts";
import { Run } from "../../../kernels/runtime/run.ts";
import {
  isGenerator,
  isQuiet,
  markQuiet,
  stream,
  type AnyGenerator,
} from "../../../kernels/runtime/stream.ts";
import { createTensorLedger } from "../../../kernels/runtime/tensors.ts";
import { createTurns } from "../../../kernels/runtime/turns.ts";

function setUp(source: AnyGenerator, onValue?: (value: unknown) => void) {
  const run = new Run({
    cell: "c" as CellId,
    number: 1,
    owner: createTensorLedger().createOwner(),
    now: () => 0,
  });
  const turns = createTurns<Run>();
  const values: unknown[] = [];
  const ends: unknown[] = [];
  const generator = stream(source, {
    run,
    turns,
    onValue: onValue ?? ((value) => values.push(value)),
    onEnd: (failure) => ends.push(failure),
  });
  return { run, turns, values, ends, generator };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A generator that writes down when it begins and when its `finally` runs. */
function createLogged(log: string[], wait?: Promise<void>) {
  return (async function* () {
    try {
      log.push("begin");
      for (let i = 0; ; i++) {
        yield i;
        if (wait) await wait;
      }
    } finally {
      log.push("finally");
    }
  })();
}

describe("a stream", () => {
  it("gives each value to the cell before its readers, and ends once", async () => {
    const { values, ends, generator, turns } = setUp(
      (function* () {
        yield 1;
        yield Promise.resolve(2);
      })(),
    );
    expect(await generator.next()).toEqual({ done: false, value: 1 });
    expect(await generator.next()).toEqual({ done: false, value: 2 });
    expect(values).toEqual([1, 2]);
    expect((await generator.next()).done).toBe(true);
    expect((await generator.next()).done).toBe(true);
    expect([ends, turns.current]).toEqual([[undefined], undefined]);
  });

  it("passes on what its reader sends back", async () => {
    const seen: unknown[] = [];
    const { generator } = setUp(
      (function* () {
        seen.push(yield 1);
        seen.push(yield 2);
      })(),
    );
    await generator.next();
    await generator.next("after 1");
    await generator.next("after 2");
    expect(seen).toEqual(["after 1", "after 2"]);
  });

  it("computes only in its turn", async () => {
    const { run, turns, generator } = setUp(
      (function* () {
        yield () => turns.current;
      })(),
      (value) => expect((value as () => Run)()).toBe(run),
    );
    expect((await generator.next()).done).toBe(false);
    expect(turns.current).toBeUndefined();
  });

  it.each([[new Error("no")], [undefined], ["text"]])("that throws %s has failed with it", async (thrown) => {
    const { ends, generator } = setUp(
      (function* () {
        yield 1;
        throw thrown;
      })(),
    );
    await generator.next();
    await expect(generator.next()).rejects.toBe(thrown);
    expect(ends).toEqual([{ error: thrown }]);
  });

  it("that yields a promise which fails has failed, and its generator is closed", async () => {
    const log: string[] = [];
    const { ends, generator, turns } = setUp(
      (function* () {
        try {
          yield Promise.reject(new Error("no value"));
        } finally {
          log.push("finally");
        }
      })(),
    );
    await expect(generator.next()).rejects.toThrow("no value");
    expect([log, ends.length, turns.current]).toEqual([["finally"], 1, undefined]);
  });

  it("whose value cannot be shown has failed, and its generator is closed", async () => {
    const log: string[] = [];
    const { generator } = setUp(createLogged(log), () => {
      throw new Error("not shown");
    });
    await expect(generator.next()).rejects.toThrow("not shown");
    expect(log).toEqual(["begin", "finally"]);
  });

  it("that is stopped between two values closes its generator, once, and is done", async () => {
    const log: string[] = [];
    const { run, ends, generator } = setUp(createLogged(log));
    await generator.next();
    run.stop("superseded");
    await settle();
    expect([log, ends]).toEqual([["begin", "finally"], [undefined]]);
    expect((await generator.next()).done).toBe(true);
    await generator.return(undefined);
    expect(log).toEqual(["begin", "finally"]);
  });

  it("that is stopped during a pull lets the pull end, then closes its generator", async () => {
    const log: string[] = [];
    let end: () => void = () => {};
    const { run, ends, generator } = setUp(createLogged(log, new Promise((resolve) => (end = resolve))));
    await generator.next();
    const pull = generator.next();
    await settle();
    run.stop("interrupted");
    await settle();
    expect([log, ends]).toEqual([["begin"], []]);
    end();
    await pull;
    await settle();
    expect([log, ends]).toEqual([["begin", "finally"], [undefined]]);
  });

  it("that is stopped before its first value has none to give", async () => {
    const log: string[] = [];
    const { run, generator } = setUp(createLogged(log));
    run.stop("removed");
    await settle();
    await expect(generator.next()).rejects.toMatchObject({ name: "AbortError" });
    expect(log).toEqual([]);
  });

  it("closes its generator when its reader wants no more", async () => {
    const log: string[] = [];
    const { ends, generator } = setUp(createLogged(log));
    for await (const value of generator) if (value === 2) break;
    expect([log, ends]).toEqual([["begin", "finally"], [undefined]]);
  });

  it("whose finally fails has failed with that", async () => {
    const { ends, generator } = setUp(
      (function* () {
        try {
          yield 1;
        } finally {
          throw new Error("in finally");
        }
      })(),
    );
    await generator.next();
    await generator.return(undefined);
    expect(ends).toMatchObject([{ error: { message: "in finally" } }]);
  });
});

it("a generator is what can be asked for its next value and told to end", () => {
  expect(isGenerator((function* () {})())).toBe(true);
  expect(isGenerator({ next() {}, return() {} })).toBe(true);
  expect(isGenerator([1].values())).toBe(false);
  expect(isGenerator(null)).toBe(false);
});

it("only a generator that is marked so is quiet", () => {
  const generator = (function* () {})();
  expect(isQuiet(generator)).toBe(false);
  expect(isQuiet(markQuiet(generator))).toBe(true);
});
