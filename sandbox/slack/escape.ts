import type { Workspace } from "./workspace.ts";

/** What a person types → what Slack sends: `&`, `<`, `>` escaped, mentions and links as ids. */

const token =
  /https?:\/\/[^\s<>|]+|(?<![\w@])@([a-z0-9][a-z0-9._-]*)|(?<![\w#&])#([a-z0-9][a-z0-9_-]*)/gi;
const broadcasts = new Set(["here", "channel", "everyone"]);

/**
 * Text of a slash command with `should_escape: true`: `@ana` becomes `<@U…|ana>`, `#ops` becomes
 * `<#C…|ops>`, a user group `<!subteam^S…|@oncall>`. https://docs.slack.dev/interactivity/implementing-slash-commands
 */
export function escapeCommandText(workspace: Workspace, typed: string): string {
  return escapeTyped(workspace, typed, (id, label) => `<${id}|${label}>`);
}

/** Text of a message: a mention is `<@U…>` or `<!subteam^S…>`, without the name. */
export function escapeMessageText(workspace: Workspace, typed: string): string {
  return escapeTyped(workspace, typed, (id) => `<${id}>`);
}

function escapeTyped(
  workspace: Workspace,
  typed: string,
  mention: (id: string, label: string) => string,
): string {
  const handles = handlesOf(workspace);
  const escaped = typed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped.replace(token, (whole: string, handle?: string, channelName?: string) => {
    if (handle !== undefined) {
      if (broadcasts.has(handle)) return `<!${handle}>`;
      // "ask @ana." ends a sentence: a handle itself may hold dots, so the longest known one wins.
      for (let end = handle.length; end > 0; end -= 1) {
        const name = handle.slice(0, end);
        const named = handles.get(name);
        if (named && !/\w/.test(handle[end] ?? " ")) {
          return mention(named.id, named.label) + handle.slice(end);
        }
      }
      return whole;
    }
    if (channelName !== undefined) {
      const channel = [...workspace.channels.values()].find((one) => one.name === channelName);
      return channel ? `<#${channel.id}|${channel.name}>` : whole;
    }
    return `<${whole}>`;
  });
}

/** Whom a handle names: a person before a group. */
function handlesOf({ users, groups }: Workspace): Map<string, { id: string; label: string }> {
  const handles = new Map<string, { id: string; label: string }>();
  for (const { id, handle } of groups.values()) {
    handles.set(handle, { id: `!subteam^${id}`, label: `@${handle}` });
  }
  for (const { id, name } of users.values()) handles.set(name, { id: `@${id}`, label: name });
  return handles;
}
