import { GENERATION_CONFIG_NAMES, type GenerationConfig } from "../options.ts";

interface HubConfigs {
  /** config.json; older models say there how to generate, some in the part on the decoder. */
  readonly config: object;
  /** generation_config.json, whose word goes first. */
  readonly generation_config: object | null;
}

export function readGenerationConfig({
  config,
  generation_config: generation,
}: HubConfigs): GenerationConfig {
  const { decoder, text_config: text } = config as {
    readonly decoder?: object;
    readonly text_config?: object;
  };
  const said = { ...config, ...decoder, ...text, ...generation } as Readonly<Record<string, unknown>>;
  const entries = Object.keys(GENERATION_CONFIG_NAMES).flatMap((name) => {
    const value = said[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
