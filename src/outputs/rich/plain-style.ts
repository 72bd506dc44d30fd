/** Properties that change how an output's own words look, and none that takes it out of its box. */
const PROPERTIES = new Set(
  (
    "align-items background-color border border-bottom border-collapse border-color border-left border-radius " +
    "border-right border-spacing border-style border-top border-width color column-gap display fill flex flex-direction " +
    "flex-wrap font-family font-size font-style font-variant-numeric font-weight gap grid-template-columns height " +
    "justify-content letter-spacing line-height max-height max-width min-height min-width opacity padding " +
    "padding-bottom padding-left padding-right padding-top row-gap stroke stroke-width text-align text-decoration " +
    "text-transform vertical-align white-space width word-break margin margin-bottom margin-left margin-right margin-top"
  ).split(" "),
);
/** Numbers, names, colours, and functions of them: nothing quoted or escaped in which an address could hide. */
const VALUE = /^[\w\s.,%#()+-]+$/;
const FUNCTIONS = /^(?:rgb|rgba|hsl|hsla|oklch|oklab|color-mix|calc|repeat|minmax|var|light-dark)$/i;

/** The declarations of a `style` attribute that are safe to keep; the others are dropped. */
export function keepPlainStyle(style: string): string {
  return style
    .split(";")
    .map((declaration) => declaration.trim())
    .filter(isPlainDeclaration)
    .join("; ");
}

function isPlainDeclaration(declaration: string): boolean {
  const colon = declaration.indexOf(":");
  if (colon < 0) return false;
  const property = declaration.slice(0, colon).trim().toLowerCase();
  const value = declaration.slice(colon + 1).trim();
  if (!PROPERTIES.has(property) || !VALUE.test(value)) return false;
  const functions = Array.from(value.matchAll(/([\w-]*)\(/g), (match) => match[1]);
  // Without a function's name a bracket only groups, as in calc((1 + 2) * 3px).
  return (
    functions.every((name) => name === "" || FUNCTIONS.test(name)) &&
    !/^-|\s-/.test(marginOf(property, value))
  );
}

/** A negative margin would pull the output over its neighbours. */
function marginOf(property: string, value: string): string {
  return property.startsWith("margin") ? value : "";
}
