// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { createSanitizer } from "../../../../src/outputs/rich/sanitizer.ts";

const sanitize = createSanitizer(window, { baseUrl: "https://gongbu.example/course/" });

function toHtml(html: string): string {
  const box = document.createElement("div");
  box.append(sanitize(html));
  return box.innerHTML;
}

describe("what runs is dropped", () => {
  test.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><set attributeName="href" to="javascript:alert(1)"/></svg>',
    '<svg><use href="data:image/svg+xml,<svg onload=alert(1)>"/></svg>',
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></iframe></foreignObject></svg>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:alert(1)">x</a>',
    '<iframe src="javascript:alert(1)"></iframe>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    '<form action="javascript:alert(1)"><button>x</button></form>',
    '<button formaction="javascript:alert(1)">x</button>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><img src=x onerror=alert(1)></template>",
    "<input autofocus onfocus=alert(1)>",
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<base href="javascript:/a/">',
    '<link rel=stylesheet href="javascript:alert(1)">',
    '<div style="background:url(javascript:alert(1))">x</div>',
    "<marquee onstart=alert(1)>x</marquee>",
  ])("%s", (payload) => {
    const box = document.createElement("div");
    box.append(sanitize(payload));
    const elements = [...box.querySelectorAll("*")];
    const forbidden =
      "script,style,iframe,object,embed,form,button,input,meta,base,link,template,use,set,animate,foreignObject";
    expect(elements.filter((element) => element.matches(forbidden))).toEqual([]);
    const attributes = elements.flatMap((element) => [...element.attributes]);
    expect(attributes.filter(({ name }) => name.startsWith("on"))).toEqual([]);
    expect(
      attributes.filter(({ name, value }) => name !== "title" && /script:|data:text/i.test(value)),
    ).toEqual([]);
  });
});

describe("what asks another host is dropped", () => {
  test.each([
    '<img src="https://foreign.example/x.png">',
    '<img src="//foreign.example/x.png">',
    '<img srcset="https://foreign.example/x.png 2x">',
    '<svg><image href="https://foreign.example/x.png"/></svg>',
    '<svg><rect fill="url(https://foreign.example/x.svg#a)"/></svg>',
    '<svg><rect style="fill: url(https://foreign.example/x.svg#a)"/></svg>',
    '<p style="background-image: url(https://foreign.example/x)">x</p>',
    '<p style="background: u\\72l(https://foreign.example/x)">x</p>',
    '<table background="https://foreign.example/x"><tr><td>x</td></tr></table>',
    '<video poster="https://foreign.example/x"></video>',
    '<a href="https://a.example" ping="https://foreign.example/x">x</a>',
  ])("%s", (payload) => {
    expect(toHtml(payload)).not.toContain("foreign.example");
  });
});

test("images may be data or the course's own", () => {
  const pixel = "data:image/png;base64,iVBORw0KGgo=";
  expect(toHtml(`<img src="${pixel}">`)).toBe(`<img src="${pixel}">`);
  expect(toHtml('<img src="data:text/html,x">')).toBe("<img>");
  expect(toHtml('<img src="figures/a.png">')).toBe('<img src="figures/a.png">');
  expect(toHtml('<img src="https://gongbu.example/a.png">')).toBe('<img src="https://gongbu.example/a.png">');
});

test("plain markup, tables and drawings stay as they are", () => {
  const html =
    '<p style="color: teal">A <b>word</b></p><table><tbody><tr><td colspan="2">1</td></tr></tbody></table>' +
    '<svg viewBox="0 0 10 10" width="10"><path d="M0 0L10 10" stroke="red"></path></svg>';
  expect(toHtml(html)).toBe(html);
});

test("an id is marked as the output's own, and what refers to it follows", () => {
  expect(toHtml('<svg><mask id="m"></mask><rect mask="url(#m)"></rect></svg>')).toBe(
    '<svg><mask id="output-m"></mask><rect mask="url(#output-m)"></rect></svg>',
  );
});

test("the page's own classes are out of reach", () => {
  expect(toHtml('<p class="toolbar" popover="auto">x</p>')).toBe("<p>x</p>");
});

test("a link opens apart from the page and tells it nothing", () => {
  expect(toHtml('<a href="https://a.example/">x</a>')).toBe(
    '<a href="https://a.example/" target="_blank" rel="noopener noreferrer">x</a>',
  );
});
