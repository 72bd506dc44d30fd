/** The HTML document around a pre-rendered page. */
import type { Language } from "../language.ts";

export interface DocumentSpec {
  readonly language: Language;
  readonly title: string;
  readonly description: string;
  /** What stands in the body, pre-rendered. */
  readonly html: string;
  /** The site's root, with a slash at its end. */
  readonly base: string;
  /** Paths from the site's root. */
  readonly styles: readonly string[];
  readonly firstPaintScript: string;
  /** Takes the page over. A page without one stays as it is rendered. */
  readonly script?: string;
  /** Files of the first paint's fonts: asked for with the page, and not only when its styles have been read. */
  readonly fonts: readonly string[];
  readonly preloads: readonly string[];
  /** The lecture as JSON and as the file that it was written in, by path from the site's root. */
  readonly lecture?: { readonly data: string; readonly file: string };
  /** The same page in each language, by path from the site's root. */
  readonly alternates: Readonly<Record<Language, string>>;
}

/**
 * What the page itself may load. Outputs are drawn in it, so a picture, a font or a script from a foreign host is refused
 * here whatever the sanitiser let through. `connect-src` is wide, because the page answers a cell's `fetch` for hosts that
 * the reader has allowed by name (src/page/kernel/fetching.ts); nothing that a cell shows can connect.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "frame-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export function renderDocument(spec: DocumentSpec): string {
  const { language, title, description, html, base, lecture, alternates } = spec;
  const links = [
    ...spec.fonts.map(
      (path) => `<link rel="preload" as="font" type="font/woff2" href="${base}${path}" crossorigin />`,
    ),
    ...spec.styles.map((path) => `<link rel="stylesheet" href="${base}${path}" />`),
    ...spec.preloads.map((path) => `<link rel="modulepreload" href="${base}${path}" />`),
    ...(lecture
      ? [
          `<link rel="preload" as="fetch" href="${base}${lecture.data}" crossorigin data-lecture />`,
          `<link rel="alternate" type="text/markdown" href="${base}${lecture.file}" />`,
        ]
      : []),
    ...Object.entries(alternates).map(
      ([code, path]) => `<link rel="alternate" hreflang="${code}" href="${base}${path}" />`,
    ),
  ];
  return `<!doctype html>
<html lang="${language}" data-base="${base}">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${POLICY}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}" />
<meta name="color-scheme" content="light dark" />
<link rel="icon" href="${base}icon.svg" type="image/svg+xml" />
${links.join("\n")}
<script src="${base}${spec.firstPaintScript}"></script>
</head>
<body>
${html}
${spec.script === undefined ? "" : `<script type="module" src="${base}${spec.script}"></script>\n`}</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
