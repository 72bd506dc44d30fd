/** Made by the site's build (src/page/site): where the kernel's files lie, from the site's root. */
declare module "virtual:gongbu/kernel" {
  /** Bundle name → path. */
  export const bundles: Readonly<Record<string, string>>;
  /** File name that a library asks for → path. */
  export const assets: Readonly<Record<string, string>>;
}
