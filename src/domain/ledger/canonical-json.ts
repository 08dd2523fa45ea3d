/**
 * The same text for the same JSON, in whatever order its keys stand and however it is spaced; what is no
 * JSON, or is nested deeper than 100, stays as it is. So that a hash of it changes only where it does.
 */
export function canonicalJson(text: string): string {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return trimmed;
  try {
    return JSON.stringify(sorted(JSON.parse(trimmed), 0));
  } catch {
    // cut or nested too deep: its own text stands for it
    return trimmed;
  }
}

const depthAtMost = 100;

function sorted(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth >= depthAtMost) throw new RangeError("nested too deep");
  if (Array.isArray(value)) return value.map((item) => sorted(item, depth + 1));
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  // without a prototype, "__proto__" is a key like another
  const out: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of entries) out[key] = sorted(item, depth + 1);
  return out;
}
