/**
 * The hidden marker that ends what we write to GitHub, so that an effect of unknown outcome is found
 * again (ARCHITECTURE.md, "the flow of an effect"). Text of people cannot hold one: `<!` is escaped.
 */
export function effectMarker(effectId: string): string {
  return `<!-- faultline effect:${effectId} -->`;
}

/** The effect id of the marker that a body ends with; undefined where it ends with none. */
export function readMarker(body: string): string | undefined {
  return /^<!-- faultline effect:(\S+) -->\s*$/m.exec(body.trimEnd().split("\n").at(-1) ?? "")?.[1];
}
