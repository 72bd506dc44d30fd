/** `fetch` in a cell: what the page answers on the kernel's behalf, and what it refuses. */
import type { Localized } from "../../../kernels/runtime/localized.ts";
import type { FetchedResponse, KernelRequest } from "../../../kernels/runtime/protocol.ts";

export type FetchRequest = Extract<KernelRequest, { kind: "fetch" }>;

/** Why a request was not made, or its answer not handed on. */
export interface Refusal {
  readonly code: "host-not-allowed" | "method-not-allowed" | "not-a-url" | "missing-file";
  readonly text: Localized;
  /** Present where the reader may allow it: the host that would have to be allowed. */
  readonly host?: string;
}

export interface FetchPolicy {
  /** The site's root, absolute, with a slash at its end: relative URLs are relative to it. */
  readonly base: string;
  /** Hosts that every course may ask, those below them included: the model hub. */
  readonly hosts: readonly string[];
  /** Hosts that the reader has allowed by name: these and no others. Default none. */
  readonly allowed?: readonly string[];
}

/** Folders of the site whose files a cell may read. */
const COURSE_FOLDERS = ["data/", "models/"];
/** Where the prediction service answers that serves the course too (`gongbu serve`). */
const SERVICE_FOLDER = "v1/";
const READING = ["GET", "HEAD"];
/** Asks a service a question: of the course's own service, and of hosts that the reader has allowed. */
const ASKING = "POST";

/** The model hub. Its files are stored on hosts under the same names. */
export const HUB_HOSTS = ["huggingface.co", "hf.co"];

/** The URL that may be asked, or why not. */
export function checkFetch({ url, method }: FetchRequest, policy: FetchPolicy): URL | Refusal {
  const { base, hosts, allowed = [] } = policy;
  let asked: URL;
  try {
    asked = new URL(url, base);
  } catch {
    return {
      code: "not-a-url",
      text: {
        en: `fetch: "${url}" is no address.`,
        ko: `fetch: "${url}"은(는) 올바른 주소가 아닙니다.`,
      },
    };
  }
  const path = asked.href.startsWith(base) ? asked.href.slice(base.length) : undefined;
  const isPublic = asked.protocol === "https:" && hosts.some((host) => isWithin(asked.host, host));
  const mayBeAllowed = !isPublic && isForReader(asked, new URL(base));
  if (
    !READING.includes(method) &&
    !(method === ASKING && (path?.startsWith(SERVICE_FOLDER) || mayBeAllowed))
  ) {
    return {
      code: "method-not-allowed",
      text: {
        en: `fetch: a cell may read (GET, HEAD) and ask a service (POST) that the reader has allowed; here it may not send ${method}.`,
        ko: `fetch: 셀은 읽기(GET, HEAD)와, 허용한 서비스에 묻기(POST)만 할 수 있습니다. 여기에는 ${method} 요청을 보낼 수 없습니다.`,
      },
    };
  }
  if (path !== undefined && (isCourseFile(path) || path.startsWith(SERVICE_FOLDER))) return asked;
  if (isPublic) return asked;
  if (mayBeAllowed && allowed.includes(asked.host)) return asked;
  return {
    code: "host-not-allowed",
    text: {
      en: `fetch: a cell may not ask ${asked.host} for ${asked.pathname}. It may read the course's data/ and models/ and ask ${hosts.join(", ")}, and hosts that you allow when the page asks you.`,
      ko: `fetch: 셀은 ${asked.host}에서 ${asked.pathname}을(를) 가져올 수 없습니다. 강좌의 data/와 models/, ${hosts.join(", ")}, 그리고 페이지가 물었을 때 허용한 호스트만 읽을 수 있습니다.`,
    },
    ...(mayBeAllowed ? { host: asked.host } : {}),
  };
}

/** Asks for it as the page, without the reader's credentials, if the policy lets it. */
export async function answerFetch(
  request: FetchRequest,
  policy: FetchPolicy,
): Promise<FetchedResponse | Refusal> {
  const url = checkFetch(request, policy);
  if (!(url instanceof URL)) return url;
  let response: Response;
  try {
    response = await ask(url, request);
  } catch {
    // A page is not told why: that, too, could be a secret of the other host's.
    return unanswered(url);
  }
  // A host may send on to another, which is then asked too.
  const answered = checkFetch({ ...request, url: response.url }, policy);
  if (!(answered instanceof URL)) return answered;
  return {
    url: response.url,
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    body: await response.arrayBuffer(),
  };
}

function ask(url: URL, { method, headers, body }: FetchRequest): Promise<Response> {
  const isReading = READING.includes(method);
  return fetch(url, {
    method,
    ...(isReading ? {} : { body }),
    // What is sent goes to the host that was named, and no further.
    redirect: isReading ? "follow" : "error",
    headers: headers.filter(([name]) => !/^(cookie|authorization)$/i.test(name)) as [string, string][],
    credentials: "omit",
    referrerPolicy: "no-referrer",
  });
}

function unanswered({ host, pathname }: URL): Refusal {
  return {
    code: "missing-file",
    text: {
      en: `fetch: ${host} gave no answer for ${pathname}. There is no network, or nothing answers there, or it does not let the pages of other sites read it (CORS).`,
      ko: `fetch: ${host}에서 ${pathname}에 대한 응답이 없습니다. 네트워크가 끊겼거나, 그곳에서 아무것도 응답하지 않거나, 다른 사이트의 페이지가 읽도록 허용하지 않은 것입니다(CORS).`,
    },
  };
}

function isCourseFile(path: string): boolean {
  return COURSE_FOLDERS.some((folder) => path.startsWith(folder));
}

function isWithin(host: string, allowed: string): boolean {
  return host === allowed || host.endsWith(`.${allowed}`);
}

/**
 * Whether a reader can allow this host. Never the site's own, whose other files are no business of a cell; and without
 * encryption only a service on the reader's own machine, asked by a course that is served from there too.
 */
function isForReader(asked: URL, site: URL): boolean {
  if (asked.host === site.host) return false;
  if (asked.protocol === "https:") return true;
  return asked.protocol === "http:" && isLoopback(asked) && isLoopback(site);
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1";
}
