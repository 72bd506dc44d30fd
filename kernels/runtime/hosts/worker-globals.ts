/**
 * Imported before everything else in the worker. Observable's runtime schedules with `requestAnimationFrame` where it
 * finds one: in a worker that costs a frame a wave, and stops a training when the tab is hidden. It takes
 * `setImmediate` instead, which a MessageChannel makes here.
 */
const channel = new MessageChannel();
const callbacks: (() => void)[] = [];
channel.port1.onmessage = () => callbacks.shift()?.();

export function immediate(callback: () => void): void {
  callbacks.push(callback);
  channel.port2.postMessage(null);
}

Reflect.deleteProperty(globalThis, "requestAnimationFrame");
Object.defineProperty(globalThis, "requestAnimationFrame", { value: undefined, configurable: true });
Object.defineProperty(globalThis, "setImmediate", { value: immediate, configurable: true });
