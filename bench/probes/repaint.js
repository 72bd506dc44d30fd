/**
 * In the page: how long a move of a slider takes until all that depends on it is painted.
 *
 * A repaint must not be missed and not be counted early, whoever changes the page and when: in a frame's own callbacks or
 * between two frames. So the change itself resizes a hidden element, and that element's ResizeObserver is called after
 * the layout and right before the paint of the frame that shows the change. The time is taken in the first task after it.
 * Nothing here asks for a frame while nothing changes: Chromium holds messages back while a key's frame is due.
 */
globalThis.watchRepaints = (selectors) => {
  const parts = selectors.map((selector) => {
    const part = document.querySelector(selector);
    if (!part) throw new Error(`watchRepaints: the page has no ${selector}.`);
    return part;
  });
  const beat = document.createElement("div");
  beat.style.cssText = "position: fixed; width: 1px; height: 1px; opacity: 0";
  document.body.append(beat);
  const afterPaint = new MessageChannel();
  let started;
  let before;
  let finish;

  const read = () => parts.map((part) => part.textContent);
  const start = ({ timeStamp }) => {
    started = timeStamp;
    check(); // an answer may be there before the event that tells of the move
  };
  const changes = new MutationObserver(check);
  for (const part of parts) changes.observe(part, { subtree: true, childList: true, characterData: true });

  function check() {
    if (started === undefined || !before) return;
    if (!read().every((text, index) => text !== before[index])) return;
    before = undefined;
    beat.style.width = beat.style.width === "1px" ? "2px" : "1px";
  }

  const paints = new ResizeObserver(() => afterPaint.port2.postMessage(null));
  paints.observe(beat);
  afterPaint.port1.onmessage = () => {
    if (!finish || before) return;
    finish(performance.now() - started);
    finish = undefined;
  };

  return {
    /** Resolves with the milliseconds from the next event of this type to the paint in which every part has changed. */
    nextMove(type) {
      started = undefined;
      before = read();
      addEventListener(type, start, { capture: true, once: true });
      return new Promise((resolve) => (finish = resolve));
    },
    stop() {
      changes.disconnect();
      paints.disconnect();
      beat.remove();
    },
  };
};
