import { describe, expect, it } from "vitest";
import { createTurns, type TurnHolder } from "../../../kernels/runtime/turns.ts";

class Holder implements TurnHolder {
  readonly name: string;
  readonly log: string[];
  constructor(name: string, log: string[]) {
    this.name = name;
    this.log = log;
  }
  enter(): void {
    this.log.push(`+${this.name}`);
  }
  leave(): void {
    this.log.push(`-${this.name}`);
  }
}

function setUp() {
  const log: string[] = [];
  const turns = createTurns<Holder>();
  const [a, b, c] = ["a", "b", "c"].map((name) => new Holder(name, log));
  return { log, turns, a, b, c };
}

/** A wait that the test ends. */
function createWait() {
  let end: () => void = () => {};
  const wait = new Promise<void>((resolve) => (end = resolve));
  return { wait, end };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("turns", () => {
  it("begin at once, without a tick, when nobody has the turn", () => {
    const { log, turns, a } = setUp();
    expect(turns.acquire(a)).toBeUndefined();
    expect([turns.current, turns.waiting, log]).toEqual([a, 0, ["+a"]]);
  });

  it("are served in the order of asking, one at a time", async () => {
    const { log, turns, a, b, c } = setUp();
    turns.acquire(a);
    const order: string[] = [];
    const waits = [b, c].map((holder) => turns.acquire(holder)!.then(() => order.push(holder.name)));
    expect(turns.waiting).toBe(2);
    turns.release(a);
    await settle();
    expect([order, log]).toEqual([["b"], ["+a", "-a", "+b"]]);
    turns.release(b);
    await Promise.all(waits);
    expect([order, turns.current]).toEqual([["b", "c"], c]);
    turns.release(c);
    expect([turns.current, turns.waiting]).toEqual([undefined, 0]);
  });

  it("go in a circle between holders that keep asking", async () => {
    const { turns, a, b, c } = setUp();
    const order: string[] = [];
    await Promise.all(
      [a, b, c].map(async (holder) => {
        for (let i = 0; i < 3; i++) {
          await turns.acquire(holder);
          order.push(holder.name);
          await null;
          turns.release(holder);
        }
      }),
    );
    expect(order.join("")).toBe("abcabcabc");
  });

  it("are given up in a pause, and taken back before it ends", async () => {
    const { log, turns, a, b } = setUp();
    const { wait, end } = createWait();
    turns.acquire(a);
    let back = false;
    void turns.pause(a, wait).then(() => (back = true));
    expect(turns.acquire(b)).toBeUndefined();
    end();
    await settle();
    expect([back, turns.current]).toEqual([false, b]);
    turns.release(b);
    await settle();
    expect([back, turns.current]).toEqual([true, a]);
    expect(log).toEqual(["+a", "-a", "+b", "-b", "+a"]);
  });

  it("come back from a pause that fails, with its error", async () => {
    const { turns, a } = setUp();
    turns.acquire(a);
    await expect(turns.pause(a, Promise.reject(new Error("offline")))).rejects.toThrow("offline");
    expect(turns.current).toBe(a);
  });

  it("are not taken back when the holder has ended in the meantime", async () => {
    const { turns, a, b } = setUp();
    const { wait, end } = createWait();
    turns.acquire(a);
    const pause = turns.pause(a, wait);
    turns.release(a);
    end();
    await pause;
    expect(turns.current).toBeUndefined();
    expect(turns.acquire(b)).toBeUndefined();
  });

  it("are not taken back by one that ended while it stood in the queue", async () => {
    const { log, turns, a, b } = setUp();
    const { wait, end } = createWait();
    turns.acquire(a);
    const pause = turns.pause(a, wait);
    turns.acquire(b);
    end();
    await settle();
    turns.release(a);
    turns.release(b);
    await pause;
    expect([turns.current, log]).toEqual([undefined, ["+a", "-a", "+b", "-b"]]);
  });

  it("are free while all of a holder's waits are pending, and the holder's again with the first that ends", async () => {
    const { turns, a, b } = setUp();
    const [first, second] = [createWait(), createWait()];
    turns.acquire(a);
    const pauses = [turns.pause(a, first.wait), turns.pause(a, second.wait)];
    turns.acquire(b);
    turns.release(b);
    first.end();
    await pauses[0];
    expect(turns.current).toBe(a);
    second.end();
    await pauses[1];
    turns.release(a);
    expect(turns.current).toBeUndefined();
  });

  it("stay with a holder whose promise computes on after its code has ended, until that has ended too", () => {
    const { turns, a } = setUp();
    turns.acquire(a);
    turns.keep(a);
    turns.release(a);
    expect(turns.current).toBe(a);
    turns.release(a);
    expect(turns.current).toBeUndefined();
  });

  it("are free while a promise that the code has left behind waits", async () => {
    const { turns, a, b } = setUp();
    const { wait, end } = createWait();
    turns.acquire(a);
    const pause = turns.pause(a, wait);
    turns.keep(a);
    turns.release(a);
    expect(turns.acquire(b)).toBeUndefined();
    turns.release(b);
    end();
    await pause;
    expect(turns.current).toBe(a);
    turns.release(a);
    expect(turns.current).toBeUndefined();
  });

  it("go on to the next when a holder is dropped, whatever it has begun", async () => {
    const { turns, a, b } = setUp();
    turns.acquire(a);
    turns.keep(a);
    const next = turns.acquire(b);
    turns.drop(a);
    await next;
    expect(turns.current).toBe(b);
    turns.release(a);
    expect(turns.current).toBe(b);
  });

  it("need nothing for a pause outside any turn", async () => {
    const { turns, a } = setUp();
    expect(await turns.pause(a, Promise.resolve(5))).toBe(5);
    expect(turns.current).toBeUndefined();
  });
});
