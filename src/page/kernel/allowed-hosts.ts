import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { SettingsStore } from "../../storage/index.ts";

/** Hosts that the reader has allowed one lecture to ask, by name, until they are taken back. */
export interface AllowedHosts {
  readonly list: ReadonlySignal<readonly string[]>;
  allow(host: string): void;
  remove(host: string): void;
  /** As it is kept now: another tab may have changed it. */
  read(): readonly string[];
}

export function createAllowedHosts(settings: SettingsStore, lecture: string): AllowedHosts {
  const list = signal<readonly string[]>([]);

  function read(): readonly string[] {
    const hosts = maybeHosts(settings.get().allowedHosts, lecture);
    if (hosts.join() !== list.peek().join()) list.value = hosts;
    return hosts;
  }

  function write(hosts: readonly string[]): void {
    const { [lecture]: _, ...others } = settings.get().allowedHosts ?? {};
    settings.set({ allowedHosts: hosts.length > 0 ? { ...others, [lecture]: hosts } : others });
    read();
  }

  read();
  return {
    list,
    read,
    allow: (host) => write([...read().filter((other) => other !== host), host]),
    remove: (host) => write(read().filter((other) => other !== host)),
  };
}

/** What is kept is text that anything may have written: only a list of names counts. */
function maybeHosts(kept: unknown, lecture: string): readonly string[] {
  if (typeof kept !== "object" || kept === null || !Object.hasOwn(kept, lecture)) return [];
  const hosts: unknown = (kept as Record<string, unknown>)[lecture];
  return Array.isArray(hosts) ? hosts.filter((host): host is string => typeof host === "string") : [];
}
