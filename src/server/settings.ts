/** What the service allows, and for how long. */
import { ServiceError } from "./service-error.ts";

export interface ServiceSettings {
  /** A larger request body is refused. Default 1 MiB. */
  readonly maxBodyBytes: number;
  /** Characters of one text. Default 4000. */
  readonly maxTextLength: number;
  /** Texts in one request. Default 64. */
  readonly maxTexts: number;
  /** Tokens that may be asked for in one output. Default 256. */
  readonly maxNewTokens: number;
  /** The greatest `numBeams` and `numReturnSequences`. Default 16. */
  readonly maxBeams: number;
  /** How many rows go through a model together: texts × beams. Default 32. */
  readonly maxRows: number;
  /**
   * How many milliseconds an idle model waits for more texts before it starts. Default 0: what comes while it computes goes
   * together anyway, and the wait costs a lone client half of its speed (npm run bench -- serve).
   */
  readonly batchWaitMs: number;
  /** How many texts may wait for one model; what comes beyond that gets a 503. Default 256. */
  readonly maxQueue: number;
  /** From the request's arrival to its answer. Default 30 s. */
  readonly timeLimitMs: number;
  /** How long a client may take to send a request. Default 10 s. */
  readonly receiveLimitMs: number;
  /** Requests a minute from one key or address; 0: any number. Default 600. */
  readonly rateLimit: number;
  /** Where there are some, `/v1` and `/metrics` want one of them. Default none. */
  readonly apiKeys: readonly string[];
  /** Other sites whose pages may call the service; "*" is every site. Default none. */
  readonly origins: readonly string[];
  /** Whether the address of a client is read from `X-Forwarded-For`: only behind a proxy that sets it. Default false. */
  readonly trustProxy: boolean;
  /** How often model folders are looked at for something new; 0: never. Default 1 s. */
  readonly reloadMs: number;
  /** How long accepted requests are waited for when the service is told to stop. Default 30 s. */
  readonly stopLimitMs: number;
}

export type ServiceSettingsSpec = Partial<ServiceSettings>;

const DEFAULTS: ServiceSettings = {
  maxBodyBytes: 2 ** 20,
  maxTextLength: 4000,
  maxTexts: 64,
  maxNewTokens: 256,
  maxBeams: 16,
  maxRows: 32,
  batchWaitMs: 0,
  maxQueue: 256,
  timeLimitMs: 30_000,
  receiveLimitMs: 10_000,
  rateLimit: 600,
  apiKeys: [],
  origins: [],
  trustProxy: false,
  reloadMs: 1000,
  stopLimitMs: 30_000,
};

/** May be 0, which turns them off. */
const OPTIONAL: ReadonlySet<string> = new Set(["rateLimit", "reloadMs", "batchWaitMs"]);

export function toSettings(spec: ServiceSettingsSpec = {}): ServiceSettings {
  const given = Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
  const settings = { ...DEFAULTS, ...given };
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value !== "number") continue;
    const least = OPTIONAL.has(name) ? 0 : 1;
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new ServiceError("wrong-setting", `${name} must be a whole number from ${least}, but is ${value}.`);
  }
  if (settings.maxTexts > settings.maxQueue) {
    const { maxTexts, maxQueue } = settings;
    throw new ServiceError(
      "wrong-setting",
      `maxQueue (${maxQueue}) must hold one whole request, of maxTexts (${maxTexts}) texts.`,
    );
  }
  if (settings.apiKeys.some((key) => key.length < 8))
    throw new ServiceError("wrong-setting", "An API key must have 8 characters at least.");
  return settings;
}
