import { describe, expect, test } from "vitest";
import { createAllowedHosts } from "../../../../src/page/kernel/allowed-hosts.ts";
import { createSettings, settingsKey } from "../../../../src/storage/index.ts";

function createTabs() {
  const values = new Map<string, string>();
  const keyValue = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
  return {
    values,
    openTab: (lecture: string) =>
      createAllowedHosts(
        createSettings(() => keyValue),
        lecture,
      ),
  };
}

describe("hosts that the reader has allowed", () => {
  test("are kept for their lecture, and for no other", () => {
    const { openTab } = createTabs();
    openTab("one").allow("example.com");
    openTab("two").allow("example.org");
    expect(openTab("one").list.value).toEqual(["example.com"]);
    expect(openTab("two").list.value).toEqual(["example.org"]);
    expect(openTab("toString").list.value).toEqual([]);
  });

  test("are gone once they are taken back, in every tab", () => {
    const { openTab } = createTabs();
    const here = openTab("one");
    here.allow("example.com");
    here.allow("example.org");
    const there = openTab("one");
    here.remove("example.com");
    expect(here.list.value).toEqual(["example.org"]);
    expect(there.read()).toEqual(["example.org"]);
    there.allow("example.net");
    expect(here.read()).toEqual(["example.org", "example.net"]);
  });

  test("stand once, however often they are allowed", () => {
    const { openTab } = createTabs();
    const hosts = openTab("one");
    hosts.allow("example.com");
    hosts.allow("example.com");
    expect(hosts.list.value).toEqual(["example.com"]);
  });

  test("are none where what is kept is no list of names", () => {
    const { values, openTab } = createTabs();
    for (const kept of [
      '"all"',
      '{"one":"example.com"}',
      '{"one":{"0":"example.com"}}',
      '{"one":[1,null]}',
    ]) {
      values.set(settingsKey, `{"allowedHosts":${kept}}`);
      expect(openTab("one").list.value).toEqual([]);
    }
  });
});
