const files = import.meta.glob<string>("/test/golden/postmortem-s0.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The postmortem of S0, as the bot proposes it. */
export const postmortem: string = Object.values(files)[0] ?? "";
