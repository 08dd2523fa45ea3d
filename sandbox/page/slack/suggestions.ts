/** What the message box offers while somebody types: commands, what follows them, people, channels. */
export interface Suggestions {
  kind: "command" | "subcommand" | "person" | "channel";
  /** What is replaced by the one that is picked. */
  from: number;
  to: number;
  items: Suggestion[];
  /** Whether Enter picks the first, as it does in Slack; otherwise it sends. */
  isEager: boolean;
}
export interface Suggestion {
  /** What stands in the box once it is picked. */
  insert: string;
  label: string;
  detail: string;
}
export interface Known {
  commands: readonly { command: string; description: string; usageHint: string }[];
  /** By handle, without @. */
  people: readonly { name: string; realName: string }[];
  channels: readonly { name: string }[];
}

/** Slack takes no longer message. */
export const longestMessage = 40_000;
/** More people or channels than this are found by another letter: the list does not scroll. */
const most = { command: 12, subcommand: 60, person: 10, channel: 10 };

/** What is offered for what stands before the cursor. */
export function suggest(text: string, cursor: number, known: Known): Suggestions | undefined {
  const word = /^\/\S*$/.exec(text.slice(0, Math.min(cursor, 64)));
  if (word && cursor <= 64) return commands(text, cursor, known);
  return subcommands(text, cursor, known) ?? mentions(text, cursor, known);
}

/** The command word of what was typed: "/incident"; undefined where it is a message. */
export function commandOf(text: string): string | undefined {
  return /^\s*(\/\S*)/.exec(text.slice(0, 200))?.[1];
}

/** The words of a usage hint: "declare | status [id]" → declare, status. */
export function subcommandsOf(usageHint: string): string[] {
  return usageHint
    .split("|")
    .map((part) => part.trim().split(/\s+/)[0] ?? "")
    .filter((word) => /^[a-z][\w-]*$/i.test(word));
}

/** What Slack says of a command that no app has; undefined where there is one. */
export function unknownCommand(word: string, known: Known): string | undefined {
  if (known.commands.some((one) => one.command === word)) return undefined;
  return `${word} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.`;
}

/** What Slack says of a message that is too long, or undefined. */
export function tooLong(text: string): string | undefined {
  if (text.length <= longestMessage) return undefined;
  const [has, takes] = [text.length, longestMessage].map((n) => n.toLocaleString("en"));
  return `This has ${has} characters; a message takes ${takes}. Shorten it, or send it as a text file.`;
}

function commands(text: string, cursor: number, known: Known): Suggestions | undefined {
  const typed = text.slice(0, cursor).toLowerCase();
  const items = known.commands
    .filter(({ command }) => command.startsWith(typed))
    .map(({ command, description }) => ({
      insert: `${command} `,
      label: command,
      detail: description,
    }));
  const end = /^\S*/.exec(text)?.[0].length ?? cursor;
  return offered({ kind: "command", from: 0, to: end, items, isEager: true });
}

function subcommands(text: string, cursor: number, known: Known): Suggestions | undefined {
  const [, word = "", space = "", typed] = /^(\/\S+)(\s+)(\S*)$/.exec(head(text, cursor)) ?? [];
  const command = known.commands.find((one) => one.command === word);
  if (!command || typed === undefined) return undefined;
  const words = subcommandsOf(command.usageHint);
  if (words.includes(typed)) return undefined;
  const items = words
    .filter((one) => one.startsWith(typed.toLowerCase()))
    .map((one) => ({ insert: `${one} `, label: one, detail: "" }));
  const from = word.length + space.length;
  return offered({ kind: "subcommand", from, to: cursor, items, isEager: false });
}

function mentions(text: string, cursor: number, known: Known): Suggestions | undefined {
  const start = Math.max(0, cursor - 80);
  const found = /(?:^|[\s(])([@#])([\w.-]*)$/.exec(text.slice(start, cursor));
  if (!found) return undefined;
  const [, sign = "", typed = ""] = found;
  const wanted = typed.toLowerCase();
  const from = cursor - typed.length - 1;
  const items =
    sign === "@"
      ? known.people
          .filter(
            ({ name, realName }) =>
              name.toLowerCase().startsWith(wanted) || realName.toLowerCase().includes(wanted),
          )
          .map(({ name, realName }) => ({
            insert: `@${name} `,
            label: `@${name}`,
            detail: realName === name ? "" : realName,
          }))
      : known.channels
          .filter(({ name }) => name.startsWith(wanted))
          .map(({ name }) => ({ insert: `#${name} `, label: `#${name}`, detail: "" }));
  return offered({
    kind: sign === "@" ? "person" : "channel",
    from,
    to: cursor,
    items,
    isEager: true,
  });
}

/** A command's beginning is short: a huge paste is not searched through. */
function head(text: string, cursor: number): string {
  return cursor > 200 ? "" : text.slice(0, cursor);
}

function offered(found: Suggestions): Suggestions | undefined {
  const items = found.items.slice(0, most[found.kind]);
  return items.length === 0 ? undefined : { ...found, items };
}
