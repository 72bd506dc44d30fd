export interface Formula {
  readonly tex: string;
  /** Set on a line of its own (`$$…$$`). */
  readonly display: boolean;
}

export interface FoundFormulas {
  /** The source with a mark in each formula's place: its index between two private-use characters. */
  readonly text: string;
  readonly formulas: readonly Formula[];
}

/**
 * Code comes first, so that a dollar sign in it stays one. An inline formula has no space inside its dollar
 * signs and no digit after the last: "$5 and $6" are prices.
 */
const CODE_OR_FORMULA =
  /(```[\s\S]*?(?:```|$)|(`+)[\s\S]*?\2|\\\$)|\$\$([\s\S]+?)\$\$|\$(?!\s)((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d)/g;

/** The TeX formulas of a Markdown source. */
export function findFormulas(markdown: string): FoundFormulas {
  const formulas: Formula[] = [];
  const source = markdown.replace(/[\uE000\uE001]/g, "");
  const text = source.replace(
    CODE_OR_FORMULA,
    (whole, code: string | undefined, _fence, display: string | undefined, inline: string | undefined) => {
      if (code !== undefined) return whole;
      formulas.push({ tex: (display ?? inline ?? "").trim(), display: display !== undefined });
      return `\uE000${formulas.length - 1}\uE001`;
    },
  );
  return { text, formulas };
}
