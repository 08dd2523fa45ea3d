import type { SandboxChannel, SandboxMessage, SandboxState } from "./protocol.ts";
import type { StepResult } from "./play/play.ts";
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
  const same = (value: unknown) => withoutChance(JSON.stringify(value, null, 1), names);
  const all = (values: readonly unknown[]) => values.map(same).sort();
  return {
    channels: all(state.channels.map((channel) => channelFacts(channel, state.messages))),
    messages: all(state.messages.map((message) => messageFacts(message, names, state.messages))),
    issues: all(state.issues.map(({ number: _number, url: _url, ...facts }) => facts)),
    "pull requests": all(
      state.pullRequests.map(({ number: _number, url: _url, ...facts }) => facts),
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
    const pairs = lost.map((text, index) => changedLines(text, extra[index]));
    const rest = extra.slice(lost.length).map((text) => changedLines("", text));
    return [
      `${section}: ${lost.length} missing or other, ${extra.length} not in the undisturbed run`,
      ...[...pairs, ...rest].flat().map((line) => `  ${line}`),
    ];
  });
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
  return {
    channel: names.get(message.channel) ?? message.channel,
    user,
    text,
    blocks,
    ...(threadTs === undefined ? {} : { inThreadOf: parent ?? "unknown message" }),
  };
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
export function withoutChance(json: string, channelNames: ReadonlyMap<string, string>): string {
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

/** The lines in which two texts differ, first what was expected; all of one where the other is none. */
function changedLines(expected: string, found: string | undefined): string[] {
  const [before, after] = [expected, found ?? ""].map((text) => (text ? text.split("\n") : []));
  const gone = without(before ?? [], after ?? []).map((line) => `- ${line.trim()}`);
  const come = without(after ?? [], before ?? []).map((line) => `+ ${line.trim()}`);
  const lines = [...gone, ...come];
  return lines.length > mostLines
    ? [...lines.slice(0, mostLines), `  and ${lines.length - mostLines} lines more`]
    : lines;
}

const mostLines = 24;
