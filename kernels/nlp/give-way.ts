/** The ways to wait for a moment, of which a place has one or another. */
interface Waits {
  readonly scheduler?: { readonly yield?: () => Promise<void> };
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly setTimeout: (callback: () => void, milliseconds: number) => unknown;
}

/**
 * Lets whatever waits have its turn (a click, a message, another cell) and comes back.
 *
 * The notebook's kernel puts a `scheduler.yield` of its own in place, which throws an AbortError once the run has been stopped.
 *
 * @ko 기다리는 일(클릭, 메시지, 다른 셀)에 차례를 내주고 돌아옵니다.
 */
export async function giveWay(): Promise<void> {
  const { scheduler, setImmediate, setTimeout } = globalThis as unknown as Waits;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    if (setImmediate) setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
