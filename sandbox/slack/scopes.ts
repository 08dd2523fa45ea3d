/**
 * The scopes each Web API method needs, from its page under https://docs.slack.dev/reference/methods/.
 * One scope of each list is enough. Which list counts depends on what the call is about: a public
 * channel, a private one, a direct message, or none of them (`any`). A method without lists needs none.
 */
export interface MethodScopes {
  any?: readonly string[];
  public?: readonly string[];
  private?: readonly string[];
  direct?: readonly string[];
}

/** Scopes of the bot token, by method. */
export const scopesByMethod = {
  "auth.test": {},
  "views.open": {},
  "views.update": {},
  "views.push": {},
  "views.publish": {},
  "chat.postMessage": { any: ["chat:write"] },
  "chat.update": { any: ["chat:write"] },
  "chat.delete": { any: ["chat:write"] },
  "chat.postEphemeral": { any: ["chat:write"] },
  "chat.getPermalink": {},
  "conversations.create": { public: ["channels:manage"], private: ["groups:write"] },
  "conversations.invite": {
    public: ["channels:manage", "channels:write.invites"],
    private: ["groups:write", "groups:write.invites"],
  },
  "conversations.setTopic": {
    public: ["channels:manage", "channels:write.topic"],
    private: ["groups:write", "groups:write.topic"],
    direct: ["im:write", "im:write.topic"],
  },
  "conversations.archive": { public: ["channels:manage"], private: ["groups:write"] },
  "conversations.unarchive": { public: ["channels:manage"], private: ["groups:write"] },
  "conversations.join": { public: ["channels:join"] },
  "conversations.open": { direct: ["im:write"] },
  "conversations.history": {
    public: ["channels:history"],
    private: ["groups:history"],
    direct: ["im:history"],
  },
  "conversations.replies": {
    public: ["channels:history"],
    private: ["groups:history"],
    direct: ["im:history"],
  },
  "conversations.members": {
    public: ["channels:read"],
    private: ["groups:read"],
    direct: ["im:read"],
  },
  "conversations.info": {
    public: ["channels:read"],
    private: ["groups:read"],
    direct: ["im:read"],
  },
  "conversations.list": {
    public: ["channels:read"],
    private: ["groups:read"],
    direct: ["im:read"],
  },
  "users.conversations": {
    public: ["channels:read"],
    private: ["groups:read"],
    direct: ["im:read"],
  },
  "usergroups.list": { any: ["usergroups:read"] },
  "usergroups.users.list": { any: ["usergroups:read"] },
  "users.info": { any: ["users:read"] },
  "users.list": { any: ["users:read"] },
  "users.lookupByEmail": { any: ["users:read.email"] },
  "pins.add": { any: ["pins:write"] },
  "pins.list": { any: ["pins:read"] },
  "pins.remove": { any: ["pins:write"] },
  "bookmarks.add": { any: ["bookmarks:write"] },
  "bookmarks.edit": { any: ["bookmarks:write"] },
  "bookmarks.list": { any: ["bookmarks:read"] },
  "bookmarks.remove": { any: ["bookmarks:write"] },
  "reactions.add": { any: ["reactions:write"] },
  "reactions.get": { any: ["reactions:read"] },
  "reactions.remove": { any: ["reactions:write"] },
  "files.getUploadURLExternal": { any: ["files:write"] },
  "files.completeUploadExternal": { any: ["files:write"] },
  "files.info": { any: ["files:read"] },
} as const satisfies Record<string, MethodScopes>;

/** Scopes of the app-level token, which is not in the manifest. */
export const appTokenScopesByMethod = {
  "apps.connections.open": { any: ["connections:write"] },
} as const satisfies Record<string, MethodScopes>;

export type BotMethod = keyof typeof scopesByMethod;
export type ConversationKind = "public" | "private" | "direct";

/**
 * The scope that is missing for this method, in Slack's words, or undefined where the token has it.
 * @param kinds what the call is about; undefined where no conversation is known yet, and then any
 *   one scope of the method will do.
 */
export function missingScope(
  method: BotMethod,
  scopes: readonly string[],
  kinds: readonly ConversationKind[] | undefined,
): string | undefined {
  const needs: MethodScopes = scopesByMethod[method];
  const lists = needs.any
    ? [needs.any]
    : kinds === undefined
      ? [Object.values(needs).flat()]
      : kinds.map((kind) => needs[kind] ?? []);
  for (const list of lists) {
    if (list.length > 0 && !list.some((scope) => scopes.includes(scope))) return list.join(",");
  }
  return undefined;
}

/**
 * Scopes of event subscriptions, one of each list is enough, an empty one needs none; names as in the
 * manifest. https://docs.slack.dev/reference/events
 */
export const scopesByEvent: Readonly<Record<string, readonly string[]>> = {
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  "message.im": ["im:history"],
  member_joined_channel: ["channels:read", "groups:read"],
  member_left_channel: ["channels:read", "groups:read"],
  team_join: ["users:read"],
  user_change: ["users:read"],
  reaction_added: ["reactions:read"],
  reaction_removed: ["reactions:read"],
  pin_added: ["pins:read"],
  pin_removed: ["pins:read"],
  file_shared: ["files:read"],
  channel_archive: ["channels:read"],
  channel_unarchive: ["channels:read"],
  group_archive: ["groups:read"],
  group_unarchive: ["groups:read"],
  app_home_opened: [],
};
