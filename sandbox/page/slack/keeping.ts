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

function storage(where: Where): Storage {
  return where === "local" ? localStorage : sessionStorage;
}
