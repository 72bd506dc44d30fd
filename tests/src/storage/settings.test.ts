import { describe, expect, test } from "vitest";
import { createSettings, parseSettings, settingsKey } from "../../../src/storage/index.ts";

function createKeyValue(): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  } as Storage;
}

describe("settings", () => {
  test("come back as they were set", () => {
    const keyValue = createKeyValue();
    createSettings(() => keyValue).set({ theme: "dark" });
    createSettings(() => keyValue).set({ language: "ko" });
    expect(createSettings(() => keyValue).get()).toEqual({ theme: "dark", language: "ko" });
  });

  test("that another tab has set since are neither missed nor undone", () => {
    const keyValue = createKeyValue();
    const [here, there] = [createSettings(() => keyValue), createSettings(() => keyValue)];
    here.set({ allowedHosts: { lecture: ["example.com"] } });
    there.set({ allowedHosts: {} });
    here.set({ theme: "dark" });
    expect(here.get()).toEqual({ allowedHosts: {}, theme: "dark" });
  });

  test("hold for the page where the browser refuses to keep them", () => {
    const settings = createSettings(() => {
      throw new Error("denied");
    });
    settings.set({ theme: "dark" });
    expect(settings.get()).toEqual({ theme: "dark" });
  });

  test("hold for the page where writing is refused", () => {
    const settings = createSettings(() => ({
      getItem: () => null,
      setItem: () => {
        throw new Error("quota");
      },
    }));
    settings.set({ language: "en" });
    expect(settings.get()).toEqual({ language: "en" });
  });

  test("that cannot be read count as not chosen", () => {
    expect(parseSettings("{")).toEqual({});
    expect(parseSettings("null")).toEqual({});
    expect(settingsKey).toBe("gongbu:settings");
  });
});
