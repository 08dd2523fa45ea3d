import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Document, parseDocument } from "yaml";

/**
 * Prints the Slack app manifest (docs.slack.dev, reference/app-manifest). `--url https://host` turns
 * the Socket Mode form into the HTTP form; `--command /x` changes the slash command's word. Bad
 * arguments: one sentence on stderr, exit status 2.
 */
const usage = "npm run manifest -- [--url https://bot.example.com] [--command /incident]";

const { url, command } = readArguments(process.argv.slice(2));
const manifest = parseDocument(readFileSync(new URL("../manifest.yml", import.meta.url), "utf8"));
if (command) manifest.setIn(["features", "slash_commands", 0, "command"], command);
if (url) toHttpForm(manifest, url);
process.stdout.write(manifest.toString({ lineWidth: 0 }));

function toHttpForm(document: Document, base: string): void {
  const requestUrl = `${base}/slack/events`;
  document.commentBefore = null;
  document.setIn(["features", "slash_commands", 0, "url"], requestUrl);
  document.setIn(["settings", "event_subscriptions", "request_url"], requestUrl);
  document.setIn(["settings", "interactivity", "request_url"], requestUrl);
  document.setIn(["settings", "socket_mode_enabled"], false);
}

function readArguments(args: string[]): { url: string | undefined; command: string | undefined } {
  const values = parse(args);
  const given = values.url === undefined ? undefined : URL.parse(values.url);
  if (given === null || (given && (given.protocol !== "https:" || given.search || given.hash))) {
    refuse(`--url takes the https address at which Slack reaches the bot, not “${values.url}”`);
  }
  const { command: word } = values;
  // docs.slack.dev, slash commands: at most 32 characters, lower case
  if (word !== undefined && !/^\/[a-z0-9_-]{1,31}$/.test(word)) {
    refuse(
      `--command takes a slash and at most 31 small letters, digits, - or _ (for example /incident), not “${word}”`,
    );
  }
  return { url: given?.href.replace(/\/+$/, ""), command: word };
}

function parse(args: string[]): { url?: string; command?: string } {
  const options = { url: { type: "string" }, command: { type: "string" } } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return refuse((error as Error).message.split(/[.\n]/)[0] ?? "");
  }
}

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}. Usage: ${usage}\n`);
  process.exit(2);
}
