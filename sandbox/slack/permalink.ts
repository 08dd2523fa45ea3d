import { domainOf, isReply, type StoredMessage, type Workspace } from "./workspace.ts";

/** The address of a message, https://docs.slack.dev/reference/methods/chat.getPermalink. */
export function permalinkOf(workspace: Workspace, message: StoredMessage): string {
  const { channel, ts, threadTs } = message;
  const link = `https://${domainOf(workspace)}.slack.com/archives/${channel}/p${ts.replace(".", "")}`;
  return isReply(message) ? `${link}?thread_ts=${threadTs}&cid=${channel}` : link;
}
