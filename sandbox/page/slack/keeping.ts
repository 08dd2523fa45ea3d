/** The browser's own storage, which may be forbidden or full: then nothing is kept. */
type Where = "local" | "session";

/** What was kept under this name. */
export function kept(where: Where, name: string): string | undefined {
  try {
    return storage(where).getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text under this name; an empty one is forgotten. */
export function keep(where: Where, name: string, text: string): void {
  try {
    if (text === "") storage(where).removeItem(name);
    else storage(where).setItem(name, text);
  } catch {
    // nothing depends on it
  }
}

/** Forgets what is kept under names that begin so, but for these. */
export function forgetOthers(where: Where, beginning: string, names: ReadonlySet<string>): void {
  try {
    for (const name of Object.keys(storage(where))) {
      if (name.startsWith(beginning) && !names.has(name)) storage(where).removeItem(name);
    }
  } catch {
    // nothing is kept at all
  }
}

function storage(where: Where): Storage {
  return where === "local" ? localStorage : sessionStorage;
}
