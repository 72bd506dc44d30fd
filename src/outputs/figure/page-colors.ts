/** The page's colours as Plotly can read them: it knows `rgb(…)`, and neither `var()` nor `oklch()`. */

export type Rgb = readonly [red: number, green: number, blue: number];

export interface PageColors {
  readonly ink: Rgb;
  readonly inkSoft: Rgb;
  readonly paper: Rgb;
  readonly paperRaised: Rgb;
  readonly line: Rgb;
  readonly accent: Rgb;
  readonly series: readonly Rgb[];
  /** A font family. */
  readonly font: string;
}

/** The colours that hold where the element stands. */
export function readPageColors(element: HTMLElement): PageColors {
  const probe = document.createElement("span");
  element.parentElement?.append(probe);
  const style = getComputedStyle(probe);
  const color = (name: string): Rgb => {
    probe.style.color = `var(${name})`;
    return toRgb(style.color);
  };
  const colors: PageColors = {
    ink: color("--ink"),
    inkSoft: color("--ink-soft"),
    paper: color("--paper"),
    paperRaised: color("--paper-raised"),
    line: color("--line"),
    accent: color("--accent"),
    series: [1, 2, 3, 4, 5, 6].map((index) => color(`--series-${index}`)),
    font: style.getPropertyValue("--font-ui").trim() || "sans-serif",
  };
  probe.remove();
  return colors;
}

export function toCss([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

/** The colour that lies a share of the way from one to another. */
export function mix(from: Rgb, { to, share }: { to: Rgb; share: number }): Rgb {
  const at = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}

/** Browsers write a computed colour in the space it was given in; a pixel of it is always sRGB. */
function toRgb(color: string): Rgb {
  const plain = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color);
  if (plain) return [Number(plain[1]), Number(plain[2]), Number(plain[3])];
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  if (!context) throw new Error(`The colour ${color} could not be read: the browser gave no 2D canvas.`);
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
