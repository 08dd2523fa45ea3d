import type { SandboxSeed } from "#sandbox/protocol.ts";

/** A small workspace: ana and ben are members, gus a guest, dan deactivated, eva of another team. */
export const seed: SandboxSeed = {
  team: { id: "T0TEAM", name: "Example" },
  bot: {
    token: "xoxb-sandbox",
    appToken: "xapp-sandbox",
    signingSecret: "signing-secret",
    userId: "U0BOT",
    botId: "B0BOT",
    name: "bot",
    scopes: [
      "channels:history",
      "channels:join",
      "channels:manage",
      "channels:read",
      "chat:write",
      "groups:read",
      "im:history",
      "im:write",
      "pins:read",
      "pins:write",
      "users:read",
      "users:read.email",
    ],
  },
  users: [
    { id: "U0ANA", name: "ana", realName: "Ana", email: "ana@example.com" },
    { id: "U0BEN", name: "ben", realName: "Ben", email: "ben@example.com" },
    { id: "U0GUS", name: "gus", realName: "Gus", email: "gus@example.com", isGuest: true },
    { id: "U0DAN", name: "dan", realName: "Dan", email: "dan@example.com", isDeactivated: true },
    { id: "U0EVA", name: "eva", realName: "Eva", email: "eva@elsewhere.com", teamId: "T0ELSE" },
  ],
  channels: [
    { id: "C0GENERAL", name: "general", memberIds: ["U0BOT", "U0ANA", "U0BEN", "U0EVA"] },
    { id: "C0OPEN", name: "open", memberIds: ["U0ANA"] },
    { id: "C0SECRET", name: "secret", memberIds: ["U0ANA"], isPrivate: true },
    { id: "C0OLD", name: "old", memberIds: ["U0ANA"], isArchived: true },
  ],
  github: {
    token: "ghp-sandbox",
    login: "incident-bot",
    users: ["ana-gh", "ben-gh"],
    repos: [{ owner: "acme", name: "incidents" }],
  },
};

/**
 * The same workspace with every scope of the product, a channel of the bot's own, and the users of two
 * other apps: one with a bot user, one an old integration.
 */
export const busySeed: SandboxSeed = {
  ...seed,
  bot: {
    ...seed.bot,
    scopes: [
      ...seed.bot.scopes,
      "bookmarks:read",
      "bookmarks:write",
      "files:read",
      "files:write",
      "groups:history",
      "groups:write",
      "reactions:read",
      "reactions:write",
    ],
  },
  users: [
    ...seed.users,
    { id: "U0APP", name: "pager", realName: "Pager", email: "", bot: "app" },
    { id: "U0HOOK", name: "alerts", realName: "Alerts", email: "", bot: "webhook" },
  ],
  channels: [
    ...seed.channels,
    { id: "C0INC", name: "inc-1", memberIds: ["U0BOT", "U0ANA", "U0BEN", "U0APP", "U0HOOK"] },
  ],
};
