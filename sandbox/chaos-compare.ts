import type { KnownBlock } from "@slack/types";
import type { SandboxChannel, SandboxMessage, SandboxState } from "./protocol.ts";
import type { StepResult } from "./play/step.ts";
import { refusalsOf, verdictsOf, postmortemOf } from "./demo-files.ts";
import type { Scenario } from "./scenario.ts";

/**
 * How a play ended, without what may differ from run to run: times, ids, the order of independent
 * messages, intermediate edits, ephemerals. Each section is a multiset of texts, sorted.
 */
export type Ending = Record<(typeof sections)[number], string[]>;
const sections = [
  "channels",
  "messages",
  "issues",
  "pull requests",
  "verdicts",
  "refusals",
  "steps",
] as const;

/** The ending of a play; two undisturbed plays of one scenario have equal endings. */
export function endingOf(
  { steps, state }: { steps: readonly StepResult[]; state: SandboxState },
  scenario: Scenario,
): Ending {
  const names = new Map(state.channels.map((channel) => [channel.id, nameOf(channel)]));
  const same = (value: unknown) =>
    withoutOrderOfEntries(withoutChance(JSON.stringify(value, asLines, 1), names));
  const all = (values: readonly unknown[]) => values.map(same).toSorted();
  return {
    channels: all(state.channels.map((channel) => channelFacts(channel, state.messages))),
    messages: all(state.messages.map((message) => messageFacts(message, names, state.messages))),
    issues: all(state.issues.map(({ number: _number, url: _url, ...facts }) => facts)),
    "pull requests": all(
      state.pullRequests.map(({ number: _number, url: _url, files, ...facts }) => ({
        ...facts,
        files: Object.fromEntries(
          Object.entries(files).map(([path, text]) => [path, fileFacts(path, text)]),
        ),
      })),
    ),
    verdicts: all(verdictsOf(postmortemOf(state), scenario)),
    refusals: all(refusalsOf(steps)),
    steps: all(steps.map(stepFacts)),
  };
}

/** Lines that say in what an ending differs from the undisturbed one; none where they are equal. */
export function differences(undisturbed: Ending, ending: Ending): string[] {
  return sections.flatMap((section) => {
    const lost = without(undisturbed[section], ending[section]);
    const extra = without(ending[section], undisturbed[section]);
    if (lost.length === 0 && extra.length === 0) return [];
    const pairs = pairUp(lost, extra).map(([text, other]) => changedLines(text, other));
    return [
      `${section}: ${lost.length} missing or other, ${extra.length} not in the undisturbed run`,
      ...pairs.flat().map((line) => `  ${line}`),
    ];
  });
}

/**
 * What the ledger showed of the incident's window, and stands in its record more than once: one line each. Two
 * runs that both doubled it would be equal.
 */
export function doubledChanges({ pullRequests }: Pick<SandboxState, "pullRequests">): string[] {
  const files = pullRequests.flatMap(({ files }) => Object.entries(files));
  return files.flatMap(([path, text]) => {
    if (!path.endsWith(".attribution.json")) return [];
    const { timeline } = JSON.parse(text) as { timeline: RecordedEntry[] };
    const found = timeline
      .filter(({ kind }) => kind === "change_found")
      .map(({ happened_at: at, data }) => `${at} ${data?.layer ?? ""} ${data?.summary ?? ""}`);
    const doubled = found.filter((one, index) => found.indexOf(one) !== index);
    return doubled.map((one) => `${path} has a change twice: ${one}`);
  });
}
interface RecordedEntry {
  kind: string;
  happened_at: string;
  data?: { layer?: string; summary?: string } | null;
}

function channelFacts(channel: SandboxChannel, messages: readonly SandboxMessage[]): unknown {
  const pinned = channel.pinnedTs.map(
    (ts) =>
      messages.find((m) => m.channel === channel.id && m.ts === ts)?.text ?? "unknown message",
  );
  const { isDirect, isPrivate, topic } = channel;
  return {
    name: nameOf(channel),
    isDirect,
    isPrivate,
    topic,
    members: channel.memberIds.toSorted(),
    pinned: pinned.toSorted(),
  };
}

function messageFacts(
  message: SandboxMessage,
  names: ReadonlyMap<string, string>,
  messages: readonly SandboxMessage[],
): unknown {
  const { user, text, blocks, threadTs } = message;
  const parent = messages.find((m) => m.channel === message.channel && m.ts === threadTs)?.text;
  // what somebody was told who came late is told once, as it stood then: a bot that was down tells it later
  if (blocks.some((block) => block.block_id === "catch-up:now")) {
    return { channel: names.get(message.channel) ?? message.channel, user, told: "catch-up" };
  }
  return {
    channel: names.get(message.channel) ?? message.channel,
    user,
    text,
    blocks: blocks.filter((block) => !isLeftover(block, blocks)).map(withoutSlacksId),
    ...(threadTs === undefined ? {} : { inThreadOf: parent ?? "unknown message" }),
  };
}

/**
 * The file of attributions numbers and hashes the timeline, in which what the bot did outside stands where it
 * was done: its entries are compared as a set, and what holds them together is not.
 */
function fileFacts(path: string, text: string): unknown {
  if (!path.endsWith(".attribution.json")) return text;
  const {
    timeline,
    seal: _,
    ...facts
  } = JSON.parse(text) as {
    timeline: Record<string, unknown>[];
    seal: unknown;
  };
  const entries = timeline.map(({ lane, kind, actor, data }) =>
    JSON.stringify({ lane, kind, actor, data }),
  );
  return { ...facts, timeline: entries.toSorted() };
}

/**
 * What was recorded keeps its buttons after the close until its message is edited for something else:
 * whether that happens before or after the close is chance, and a press is answered either way.
 */
function isLeftover(block: KnownBlock, blocks: readonly KnownBlock[]): boolean {
  const isOfItem = blocks.some(({ block_id: id = "" }) =>
    /^(?:action|factor|gap|golden|risk|verdict):/.test(id),
  );
  return isOfItem && block.type === "actions";
}

/** A block that the bot gave no id gets one from Slack by chance; ours have a colon: `lever:LV1`. */
function withoutSlacksId(block: SandboxMessage["blocks"][number]): unknown {
  const { block_id: id, ...rest } = block;
  return id?.includes(":") ? block : rest;
}

/** A text of several lines is shown, and compared, line by line. */
function asLines(_key: string, value: unknown): unknown {
  return typeof value === "string" && value.includes("\n") ? value.split("\n") : value;
}

/**
 * Timeline entries of what the bot did outside (an issue filed) stand where it was done, which is
 * not the same place in each run: rows that begin with a time are compared as a set.
 */
function withoutOrderOfEntries(text: string): string {
  return text.replaceAll(/(?:^ *"\| \(time\) .*\n)+/gm, (rows) =>
    rows.trimEnd().split("\n").toSorted().join("\n").concat("\n"),
  );
}

/** What was typed again, and the words of a second answer ("Already recorded"), are not compared. */
function stepFacts({ n, ok, got, reason }: StepResult): unknown {
  return {
    n,
    ok: ok ?? null,
    ...(got
      ? { result: got.result, rules: got.rules, missing: got.missing }
      : { reason: reason ?? null }),
  };
}

function nameOf(channel: SandboxChannel): string {
  return channel.isDirect
    ? `direct: ${channel.memberIds.toSorted().join(" ")}`
    : `#${channel.name}`;
}

/** Replaces, in JSON text, what chance or the clock decides: ids, times, ports, hashes. */
function withoutChance(json: string, channelNames: ReadonlyMap<string, string>): string {
  let text = json;
  for (const [id, name] of channelNames) text = text.replaceAll(id, name);
  return (
    text
      .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "(id)")
      .replaceAll(/\b[0-9a-f]{40,64}\b/gi, "(hash)")
      // a button's value holds the row id of the incident, which may skip numbers
      .replaceAll(/\\"i\\":\d+/g, '\\"i\\":(id)')
      .replaceAll(/<!date\^\d+\^[^|>]*(?:\|[^>]*)?>/g, "(time)")
      .replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?/g, "(time)")
      .replaceAll(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?/g, "(time)")
      .replaceAll(/\b\d{10}\.\d{6}\b/g, "(ts)")
      .replaceAll(/\/p\d{16}\b/g, "/p(ts)")
      .replaceAll(/\b\d{2}:\d{2}(?::\d{2})?\b(?! ?%)/g, "(time)")
      .replaceAll(/http:\/\/(?:127\.0\.0\.1|localhost):\d+/g, "http://(host)")
      .replaceAll(/\/(issues|pull)\/\d+/g, "/$1/(n)")
  );
}

/** What is left of `these` after as many of `those` were taken away. */
function without(these: readonly string[], those: readonly string[]): string[] {
  const left = [...those];
  return these.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Each lost text with the extra one that shares most lines with it; whatever is left over stands alone. */
function pairUp(lost: readonly string[], extra: readonly string[]): [string, string][] {
  const left = [...extra];
  const pairs = lost.map((text): [string, string] => {
    const lines = text.split("\n");
    const shared = (other: string) => lines.length - without(lines, other.split("\n")).length;
    const best = left.toSorted((a, b) => shared(b) - shared(a))[0];
    if (best === undefined || shared(best) * 2 < lines.length) return [text, ""];
    left.splice(left.indexOf(best), 1);
    return [text, best];
  });
  return [...pairs, ...left.map((text): [string, string] => ["", text])];
}

/** The lines in which two texts differ, first what was expected; all of one where the other is none. */
function changedLines(expected: string, found: string): string[] {
  const [before = [], after = []] = [expected, found].map((text) => (text ? text.split("\n") : []));
  const gone = without(before, after).map((line) => `- ${line.trim().slice(0, longestLine)}`);
  const come = without(after, before).map((line) => `+ ${line.trim().slice(0, longestLine)}`);
  const lines = [...gone, ...come];
  return lines.length > mostLines
    ? [...lines.slice(0, mostLines), `  and ${lines.length - mostLines} lines more`]
    : lines;
}

const mostLines = 24;
const longestLine = 240;
