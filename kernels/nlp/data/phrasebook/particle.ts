import { decomposeSyllable, hasTail } from "../../text/hangul.ts";

/** Particles (조사) of two forms, the one after a consonant first. */
export type Particle = "은/는" | "이/가" | "을/를" | "과/와" | "이랑/랑" | "으로/로";

/** The noun with the form that its last syllable asks for: 책 + 을/를 = 책을, 지하철 + 으로/로 = 지하철로. */
export function withParticle(noun: string, particle: Particle): string {
  const [closed, open] = particle.split("/");
  const last = noun[noun.length - 1];
  // (으)로 takes ㄹ for a vowel.
  const takesOpen = !hasTail(last) || (particle === "으로/로" && decomposeSyllable(last).tail === "ㄹ");
  return noun + (takesOpen ? open : closed);
}
