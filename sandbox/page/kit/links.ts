const followed = new Set(["http:", "https:", "mailto:"]);

/** The address if a person may be sent there (http, https, mailto); undefined otherwise. */
export function safeUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  return followed.has(new URL(url).protocol) ? url : undefined;
}
