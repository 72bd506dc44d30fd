/**
 * What of a cell's HTML reaches the page. A cell may be somebody else's code, so everything that is not on a list
 * is dropped: what runs, what asks the network, what could cover the page or pass for a part of it.
 */
import createDOMPurify, { type Config, type WindowLike } from "dompurify";
import { keepPlainStyle } from "./plain-style.ts";

export type Sanitizer = (html: string) => DocumentFragment;

const HTML_TAGS =
  "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure " +
  "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark meter ol p pre progress q rp rt ruby s samp section small span strong " +
  "sub summary sup table tbody td tfoot th thead time tr u ul var wbr";
const SVG_TAGS =
  "svg g path rect circle ellipse line polyline polygon text tspan defs linearGradient radialGradient stop clipPath " +
  "mask pattern marker title desc";
const HTML_ATTRIBUTES =
  "alt align colspan datetime dir headers height high href id lang low max min open optimum reversed role rowspan " +
  "scope src start style title value width";
const SVG_ATTRIBUTES =
  "clip-path clip-rule cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size font-style " +
  "font-weight fx fy gradientTransform gradientUnits letter-spacing marker-end marker-mid marker-start markerHeight " +
  "markerUnits markerWidth mask mask-type offset opacity orient paint-order patternTransform patternUnits points " +
  "preserveAspectRatio r refX refY rotate rx ry shape-rendering spreadMethod stop-color stop-opacity stroke " +
  "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width " +
  "text-anchor transform vector-effect viewBox x x1 x2 xmlns y y1 y2";

/** Put before every id, so that an output can neither take a heading's anchor nor a name the page's scripts use. */
const ID_PREFIX = "output-";
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/i;

const CONFIG: Config = {
  ALLOWED_TAGS: [...HTML_TAGS.split(" "), ...SVG_TAGS.split(" "), "#text"],
  ALLOWED_ATTR: [...HTML_ATTRIBUTES.split(" "), ...SVG_ATTRIBUTES.split(" ")],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: true,
  RETURN_DOM_FRAGMENT: true,
};

/** A sanitizer with hooks of its own. `baseUrl` is the page's address: its images may be shown, no other host's. */
export function createSanitizer(window: WindowLike, { baseUrl }: { baseUrl: string }): Sanitizer {
  const purify = createDOMPurify(window);
  purify.addHook("uponSanitizeAttribute", (element, attribute) => {
    const { attrName: name, attrValue: value } = attribute;
    if (name === "id") attribute.attrValue = ID_PREFIX + value;
    else if (name === "style") {
      attribute.attrValue = keepPlainStyle(value);
      if (attribute.attrValue === "") attribute.keepAttr = false;
    } else if (name === "src") attribute.keepAttr = element.nodeName === "IMG" && isOwnImage(value, baseUrl);
    else if (name === "href") attribute.keepAttr = isLink(element, value);
    else if (/url\(/i.test(value)) {
      const local = /^\s*url\(\s*["']?#([\w-]+)["']?\s*\)\s*$/i.exec(value);
      if (local) attribute.attrValue = `url(#${ID_PREFIX}${local[1]})`;
      else attribute.keepAttr = false;
    }
  });
  purify.addHook("afterSanitizeAttributes", (element) => {
    if (element.nodeName !== "A" || !element.hasAttribute("href")) return;
    element.setAttribute("target", "_blank");
    element.setAttribute("rel", "noopener noreferrer");
  });
  return (html) => purify.sanitize(html, CONFIG) as unknown as DocumentFragment;
}

function isOwnImage(source: string, baseUrl: string): boolean {
  const address = source.trim();
  if (DATA_IMAGE.test(address)) return true;
  return URL.canParse(address, baseUrl) && new URL(address, baseUrl).origin === new URL(baseUrl).origin;
}

/** Links may lead out of the page, by the reader's own click; a link inside a drawing would be a hidden one. */
function isLink(element: Element, address: string): boolean {
  return element.nodeName === "A" && /^(?:https?:\/\/|mailto:)/i.test(address.trim());
}
