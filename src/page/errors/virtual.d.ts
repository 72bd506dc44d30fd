/** Made by the site's build (src/page/site): which errors have a page. */
declare module "virtual:gongbu/errors" {
  export const errorCodes: readonly string[];
}
