/** The built site as the tests see it: as `npm start` serves it, and as a host serves it that sets no headers. */
export const isolatedSite = { url: "http://127.0.0.1:4173/", port: 4173, env: {} as Record<string, string> };
export const plainSite = { url: "http://127.0.0.1:4174/", port: 4174, env: { GONGBU_PLAIN: "1" } };
