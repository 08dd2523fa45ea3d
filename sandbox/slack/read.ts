import type { KnownBlock } from "@slack/types";
import type { SandboxChannel, SandboxMessage, SandboxState } from "#sandbox/protocol.ts";
import type { StoredMessage, Workspace } from "./workspace.ts";

/** The message as the control shows it. */
export function toSandboxMessage(message: StoredMessage): SandboxMessage {
  return structuredClone({
    channel: message.channel,
    ts: message.ts,
    user: message.user,
    text: message.text,
    blocks: message.blocks as unknown as KnownBlock[],
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    ...(message.onlyFor === undefined ? {} : { onlyFor: message.onlyFor }),
    isEdited: message.editedTs !== undefined,
  });
}

/** Channels and messages as they are now; Slack's own notices (who joined) are left out. */
export function readWorkspace(
  workspace: Workspace,
): Pick<SandboxState, "channels" | "messages" | "ephemerals"> {
  return {
    channels: [...workspace.channels.values()].map((channel): SandboxChannel => ({
      id: channel.id,
      name: channel.name,
      isDirect: channel.isDirect,
      isPrivate: channel.isPrivate,
      topic: channel.topic,
      memberIds: [...channel.memberIds],
      pinnedTs: channel.pins.map((pin) => pin.ts),
    })),
    messages: workspace.messages
      .filter((message) => message.subtype === undefined)
      .map(toSandboxMessage),
    ephemerals: workspace.ephemerals.map(toSandboxMessage),
  };
}
