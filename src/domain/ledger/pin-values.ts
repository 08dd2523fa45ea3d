import type { PinId } from "./ledger.ts";

/**
 * Who says that an attribute holds a version: a convention's own name for it, a word in a name that a team
 * gave, or the services file. What they hold is trusted in that order of strictness: text of users never stays.
 */
export type PinKeySource = "convention" | "words" | "configured";

/** A value as it may be kept. */
export interface KeptValue {
  value: string;
  /** It is our hash of what was there. */
  isDerived: boolean;
}

/**
 * The value of a pin as it may be kept: what looks like a version or an id as it is, anything else as the
 * first 16 digits of its hash, so that a change of it is seen and nobody can read it. Stop sequences are words
 * of a conversation and always a hash. `sha256` gives the hash of a text in hex.
 */
export function keptValue(
  pin: PinId,
  text: string,
  from: PinKeySource,
  sha256: (text: string) => string,
): KeptValue {
  return pin !== "param.stop" && looksLikeVersion(text, from)
    ? { value: text, isDerived: false }
    : { value: hashedValue(text, sha256), isDerived: true };
}

/** "sha256:" and 16 digits. */
export function hashedValue(text: string, sha256: (text: string) => string): string {
  return `sha256:${sha256(text.toWellFormed()).slice(0, 16)}`;
}

/**
 * Whether a text has the shape of a version, a number or an id: letters and digits of ASCII (other scripts
 * write sentences without a blank) and what stands between them in ids, and no address of a person. The
 * services file vouches for its keys: there names may have blanks and any letters.
 */
export function looksLikeVersion(text: string, from: PinKeySource): boolean {
  return shapes[from].test(text) && /[\p{L}\p{N}]/u.test(text) && !addresses[from].test(text);
}

/** Names of models are paths of a provider, and longer than a team's own versions. */
const shapes: Record<PinKeySource, RegExp> = {
  convention: /^[\w.:/+#=~@-]{1,200}$/,
  words: /^[\w.:/+#=~@-]{1,99}$/,
  configured: /^[\p{L}\p{M}\p{N}\w.:/+#=~@() -]{1,100}$/u,
};

const withDomain = /@[^@]*\.\p{L}{2,}/u;
const addresses: Record<PinKeySource, RegExp> = {
  // "claude-sonnet-4@20250514", "text-bison@latest"
  convention: withDomain,
  // behind the @ of a version stands its number or its hash
  words: /@(?!v?\d|sha\d)|@[^@]*\.\p{L}{2,}/u,
  configured: withDomain,
};
