import { describe, expect, it } from "vitest";
import {
  assetUrl,
  bundleOf,
  createModuleRegistry,
  maybeAssetName,
  type BundleName,
} from "../../../kernels/runtime/modules.ts";

describe("the module registry", () => {
  it("loads each bundle once, however many of its modules are asked for at a time", async () => {
    const loaded: BundleName[] = [];
    const registry = createModuleRegistry({
      async loadBundle(bundle) {
        loaded.push(bundle);
        await null;
        return { "gongbu/text": { a: 1 }, "gongbu/data": { b: 2 }, "gongbu/nn": { c: 3 } };
      },
    });
    expect(loaded).toEqual([]);
    const modules = ["gongbu/text", "gongbu/data", "gongbu/text", "gongbu/nn"].map((name) =>
      registry.load(name),
    );
    expect(await Promise.all(modules)).toEqual([{ a: 1 }, { b: 2 }, { a: 1 }, { c: 3 }]);
    expect(loaded).toEqual(["language", "tensor"]);
  });

  it("tries again after a failed download", async () => {
    let tries = 0;
    const registry = createModuleRegistry({
      async loadBundle() {
        if (++tries === 1) throw new Error("offline");
        return Promise.resolve({ "gongbu/text": {} });
      },
    });
    await expect(registry.load("gongbu/text")).rejects.toThrow("offline");
    await expect(registry.load("gongbu/text")).resolves.toEqual({});
    await registry.load("gongbu/text");
    expect(tries).toBe(2);
  });

  it.each(["lodash", "gongbu/nothing", "constructor", "__proto__", ""])(
    "knows no module %j, and says which it knows",
    async (name) => {
      const registry = createModuleRegistry({ loadBundle: () => Promise.reject(new Error("not asked")) });
      await expect(registry.load(name)).rejects.toMatchObject({
        code: "unknown-import",
        text: {
          en: expect.stringContaining("gongbu/text") as string,
          ko: expect.stringContaining("gongbu/text") as string,
        },
      });
    },
  );

  it("says so when a bundle lacks a module that should be in it", async () => {
    const registry = createModuleRegistry({ loadBundle: () => Promise.resolve({}) });
    await expect(registry.load("gongbu/text")).rejects.toMatchObject({ code: "unknown-import" });
  });

  it.each(["core", "language"] as const)(
    "finds in the bundle %s the modules that it names",
    async (bundle) => {
      const bundles = {
        core: () => import("../../../kernels/runtime/bundles/core.ts"),
        language: () => import("../../../kernels/runtime/bundles/language.ts"),
      };
      const { modules } = await bundles[bundle]();
      const named = Object.keys(bundleOf).filter((name) => bundleOf[name] === bundle);
      expect(Object.keys(modules).sort()).toEqual(named.sort());
    },
  );
});

it("the name of a bundle's file survives the way through its URL", () => {
  expect(maybeAssetName(assetUrl("tfjs-backend-wasm.wasm"))).toBe("tfjs-backend-wasm.wasm");
  expect(maybeAssetName("data/emotion.csv")).toBeUndefined();
});
