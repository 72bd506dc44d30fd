/** Where on the page the reader is: a heading or a cell, and how far from the window's top. */
export interface ReadingPlace {
  readonly anchor: string;
  readonly top: number;
}

/** The heading or cell nearest the window's top, below the bar; undefined at the very beginning of the page. */
export function maybeReadingPlace(): ReadingPlace | undefined {
  if (scrollY < 200) return undefined;
  let best: ReadingPlace | undefined;
  for (const element of document.querySelectorAll<HTMLElement>(".prose :is(h2, h3)[id], [data-cell]")) {
    const { top } = element.getBoundingClientRect();
    if (best && Math.abs(top - barHeight) > Math.abs(best.top - barHeight)) continue;
    best = { anchor: element.id, top };
  }
  return best;
}

/** Changes the page's text and keeps the reader's place in it on the screen. */
export function keepPlace(change: () => void): void {
  const place = maybeReadingPlace();
  const { style } = document.documentElement;
  // The browser's own anchoring would hold on to text that is about to go, and move the page once more.
  style.overflowAnchor = "none";
  change();
  requestAnimationFrame(() => {
    const element = place && document.getElementById(place.anchor);
    if (element) scrollBy({ top: element.getBoundingClientRect().top - place.top, behavior: "instant" });
    requestAnimationFrame(() => (style.overflowAnchor = ""));
  });
}

const barHeight = 56;
