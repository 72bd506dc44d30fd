/** What a reader chose for all lectures. Small, and read before the first paint: hence localStorage. */
export interface Settings {
  readonly language?: "en" | "ko";
  readonly theme?: "light" | "dark";
  readonly backend?: "auto" | "wasm" | "webgl" | "webgpu" | "cpu";
  /** How fast each backend trains in this browser, in milliseconds a step. */
  readonly backendTimes?: {
    /** The browser that was measured: another version may be another matter. */
    readonly browser: string;
    readonly ms: Readonly<Partial<Record<"wasm" | "webgl" | "webgpu" | "cpu", number>>>;
  };
  /** Whether single keys (j, k, ?) are commands. Default true. */
  readonly singleKeys?: boolean;
  /** Hosts that the reader has allowed cells to ask, by lecture. */
  readonly allowedHosts?: Readonly<Record<string, readonly string[]>>;
  /** Where the reader was last. */
  readonly place?: Place;
}

export interface Place {
  readonly lecture: string;
  /** The id of the heading or cell that was on the screen. */
  readonly anchor?: string;
}

/** The part of localStorage that is used. */
export interface KeyValue {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export interface SettingsStore {
  get(): Settings;
  set(change: Settings): void;
}

export const settingsKey = "gongbu:settings";

/** Settings in `keyValue`, or in memory where the browser refuses it (private windows, blocked cookies). */
export function createSettings(getKeyValue: () => KeyValue): SettingsStore {
  /** As this page set them, for a browser that keeps nothing. */
  let own: Settings = {};
  let keyValue: KeyValue | undefined;
  try {
    keyValue = getKeyValue();
    keyValue.getItem(settingsKey);
  } catch {
    // Refused: what is chosen then holds for this page only, which the reader sees at once.
    keyValue = undefined;
  }
  // Read anew each time: another tab must not have undone what was taken back here, nor this one what was there.
  const get = () => (keyValue ? parseSettings(keyValue.getItem(settingsKey)) : own);
  return {
    get,
    set(change) {
      own = { ...get(), ...change };
      try {
        keyValue?.setItem(settingsKey, JSON.stringify(own));
      } catch {
        keyValue = undefined;
      }
    },
  };
}

/** Settings from their text. What cannot be read counts as not chosen: a preference is not worth an error. */
export function parseSettings(text: string | null): Settings {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Settings) : {};
  } catch {
    return {};
  }
}
