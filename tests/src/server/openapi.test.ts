import { expect, it } from "vitest";
import { buildToyService } from "./toy-service.ts";

interface Operation {
  readonly summary?: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Fastify's own list of its routes: the tree that it prints, as "METHOD /path". */
function listRoutes(tree: string): string[] {
  const path: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent, name, methods] = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    if (indent === undefined) return [];
    path.length = indent.length / 4;
    path.push(name);
    return (methods ?? "")
      .split(", ")
      .filter(Boolean)
      .map((method) => `${method} ${path.join("")}`);
  });
}

it("the OpenAPI document has every route, and no other", async () => {
  const { app } = await buildToyService();
  const routes = listRoutes(app.printRoutes({ commonPrefix: true }))
    .filter((route) => !route.includes("/docs") && !route.startsWith("HEAD") && !route.startsWith("OPTIONS"))
    .sort();
  const { paths } = (await app.inject("/openapi.json")).json() as Document;
  const written = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes).toContain("POST /v1/translate");
  expect(routes).toHaveLength(9);
  expect(written.sort()).toEqual(routes);
});

it("each operation says what it is for, what it takes, and how it fails", async () => {
  const { app } = await buildToyService();
  const document = (await app.inject("/openapi.json")).json() as Document;
  expect(document.openapi).toBe("3.1.0");
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, { summary, requestBody, responses }] of Object.entries(operations)) {
      expect(summary, path).toBeTruthy();
      expect(responses["200"], path).toBeDefined();
      if (method !== "post") continue;
      expect(requestBody?.content["application/json"].schema, path).toMatchObject({
        type: "object",
        required: ["text"],
        additionalProperties: false,
      });
      expect(Object.keys(responses).sort(), path).toEqual(["200", "4XX", "5XX"]);
    }
  }
});

it("the page at /docs loads nothing from elsewhere", async () => {
  const { app } = await buildToyService();
  const page = await app.inject("/docs/");
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  expect(page.headers["content-security-policy"]).toContain("script-src");
  const scripts = [...page.body.matchAll(/src="([^"]+)"/g)].map(([, path]) => path);
  expect(scripts.length).toBeGreaterThan(0);
  for (const path of scripts) {
    const script = await app.inject(new URL(path, "http://localhost/docs/").pathname);
    expect([path, script.statusCode]).toEqual([path, 200]);
  }
});
