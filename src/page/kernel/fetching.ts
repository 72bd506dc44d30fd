/** `fetch` in a cell: what the page answers on the kernel's behalf, and what it refuses. */
import type { Localized } from "../../../kernels/runtime/localized.ts";
import type { FetchedResponse, KernelRequest } from "../../../kernels/runtime/protocol.ts";

export type FetchRequest = Extract<KernelRequest, { kind: "fetch" }>;

/** Why a request was not made. */
export interface Refusal {
  readonly code: "host-not-allowed" | "method-not-allowed" | "not-a-url";
  readonly text: Localized;
}

export interface FetchPolicy {
  /** The site's root, absolute, with a slash at its end: relative URLs are relative to it. */
  readonly base: string;
  /** Hosts besides the course's own: the model hub, and those that the reader has allowed by name. */
  readonly hosts: readonly string[];
}

/** Folders of the site whose files a cell may read. */
const COURSE_FOLDERS = ["data/", "models/"];
const READING = ["GET", "HEAD"];

/** The model hub. Its files are stored on hosts under the same names. */
export const HUB_HOSTS = ["huggingface.co", "hf.co"];

/** The URL that may be asked, or why not. */
export function checkFetch({ url, method }: FetchRequest, { base, hosts }: FetchPolicy): URL | Refusal {
  let asked: URL;
  try {
    asked = new URL(url, base);
  } catch {
    return refuse("not-a-url", {
      en: `fetch: "${url}" is no address.`,
      ko: `fetch: "${url}"은(는) 올바른 주소가 아닙니다.`,
    });
  }
  if (!READING.includes(method)) {
    return refuse("method-not-allowed", {
      en: `fetch: a cell may read (GET, HEAD), not ${method}.`,
      ko: `fetch: 셀은 읽기(GET, HEAD)만 할 수 있고 ${method} 요청은 보낼 수 없습니다.`,
    });
  }
  const own = asked.href.startsWith(base) && isCourseFile(asked.href.slice(base.length));
  if (own || (asked.protocol === "https:" && hosts.some((host) => isWithin(asked.host, host)))) return asked;
  return refuse("host-not-allowed", {
    en: `fetch: a cell may not ask ${asked.host} for ${asked.pathname}. It may read the course's data/ and models/ and ask ${hosts.join(", ")}.`,
    ko: `fetch: 셀은 ${asked.host}에서 ${asked.pathname}을(를) 가져올 수 없습니다. 강좌의 data/와 models/, 그리고 ${hosts.join(", ")}만 읽을 수 있습니다.`,
  });
}

/** Asks for it as the page, without the reader's credentials. */
export async function answerFetch(request: FetchRequest, url: URL): Promise<FetchedResponse> {
  const response = await fetch(url, {
    method: request.method,
    headers: request.headers.filter(([name]) => !/^(cookie|authorization)$/i.test(name)) as [
      string,
      string,
    ][],
    credentials: "omit",
    referrerPolicy: "no-referrer",
  });
  return {
    url: response.url,
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    body: await response.arrayBuffer(),
  };
}

function isCourseFile(path: string): boolean {
  return COURSE_FOLDERS.some((folder) => path.startsWith(folder));
}

function isWithin(host: string, allowed: string): boolean {
  return host === allowed || host.endsWith(`.${allowed}`);
}

function refuse(code: Refusal["code"], text: Localized): Refusal {
  return { code, text };
}
