/** How `gongbu/shelf`, which is part of a bundle, reaches the host: by its `fetch`, at addresses that only it knows. */
import type { HostRequest } from "../hosts/host.ts";
import type { ModelAbout } from "../protocol.ts";

const SCHEME = "gongbu-shelf:";
/** The header in which a model that is saved says what it is: JSON, encoded as in a URL. */
export const ABOUT_HEADER = "x-model-about";

/** Of a model by its name, or of the list of all. */
export function shelfUrl(name = ""): string {
  return SCHEME + encodeURIComponent(name);
}

export function isShelfUrl(url: string): boolean {
  return url.startsWith(SCHEME);
}

/** What the host is asked for by a request to one of these addresses; its answer as a response. */
export async function answerShelf(
  asked: {
    readonly url: string;
    readonly method: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body?: ArrayBuffer;
  },
  request: HostRequest,
): Promise<Response> {
  const name = decodeURIComponent(asked.url.slice(SCHEME.length));
  if (asked.body) {
    const header = new Headers(asked.headers as [string, string][]).get(ABOUT_HEADER) ?? "";
    const about = JSON.parse(decodeURIComponent(header)) as ModelAbout;
    return Response.json(await request({ kind: "save-model", about, zip: asked.body }));
  }
  if (name === "") return Response.json(await request({ kind: "list-models" }));
  const zip = (await request({ kind: "load-model", name })) as ArrayBuffer | undefined;
  return zip ? new Response(zip) : new Response(null, { status: 404 });
}
