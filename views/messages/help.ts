import { context, mrkdwn, oneLine, section } from "#views/block-kit.ts";
import { content, type MessageContent } from "./message-content.ts";

/** One subcommand as help tells it. */
export interface HelpEntry {
  /** "declare [title] [--drill]" */
  usage: string;
  /** One short sentence. */
  summary: string;
}

/** What was typed and is not known, with the nearest subcommand where there is one. */
export interface UnknownSubcommand {
  unknown: string;
  nearest: string | undefined;
}

/** What can be typed, one line each; first, where something unknown was typed, what was perhaps meant. */
export function renderHelp(
  entries: readonly HelpEntry[],
  botCommand: string,
  mistyped?: UnknownSubcommand,
): MessageContent {
  const opening = mistyped ? mistypedWords(mistyped, botCommand) : "What you can type:";
  const list = entries.map(({ usage, summary }) => `${botCommand} ${usage}\n    ${summary}`);
  const pages = inPages(list);
  return content(
    mrkdwn`${opening} ${entries.map(({ usage }) => `${botCommand} ${usage}`).join("; ")}.`,
    [
      section(opening),
      ...pages.map((page) => section(page)),
      context(
        "Inside an incident's channel a command means that incident. Elsewhere I ask which one.",
      ),
    ],
  );
}

function mistypedWords({ unknown, nearest }: UnknownSubcommand, botCommand: string): string {
  const start = `There is no “${botCommand} ${oneLine(unknown, 60)}”.`;
  return nearest === undefined
    ? `${start} This is what you can type:`
    : `${start} Did you mean “${botCommand} ${nearest}”? This is what you can type:`;
}

/** As many lines a block as Slack takes, at most two blocks. */
function inPages(lines: readonly string[]): string[] {
  const pages: string[] = [];
  for (const line of lines) {
    const last = pages.at(-1);
    if (last !== undefined && last.length + line.length + 1 <= 2900) {
      pages[pages.length - 1] = `${last}\n${line}`;
    } else {
      pages.push(line);
    }
  }
  return pages.slice(0, 2);
}
