import type { KnownBlock } from "@slack/types";
import type { SandboxMessage } from "#sandbox/protocol.ts";
import { optionsOf, textsOf, plain } from "./blocks.ts";
import { incidentChannel, type ItemKind, itemPrefix, type Stage, waitFor } from "./stage.ts";

/** Notes that the bot took an item of the scenario; its number is read when it is needed. */
export function noteRecorded(stage: Stage, kind: ItemKind, id: string): void {
  const { recorded } = stage.items[kind];
  if (!recorded.includes(id)) recorded.push(id);
}

/**
 * The message about a lever, an action or an item of evidence in the channel, which carries the bot's
 * number in its block_id (`lever:LV1`); waits for it. `words` are looked for in it, to be sure.
 */
export async function messageOf(
  stage: Stage,
  kind: ItemKind,
  id: string,
  words: string,
): Promise<{ message: SandboxMessage; number: number }> {
  const items = stage.items[kind];
  const channelId = incidentChannel(stage);
  const found = await waitFor(stage, `the message about ${id}`, (state) => {
    const numbered = state.messages
      .filter((message) => message.channel === channelId)
      .flatMap((message) => {
        const number = numberOf(message.blocks, kind);
        return number === undefined ? [] : [{ message, number }];
      });
    const known = items.numbers.get(id);
    if (known !== undefined) return numbered.find(({ number }) => number === known);
    const taken = new Set(items.numbers.values());
    const free = numbered.filter(({ number }) => !taken.has(number));
    return free.find(({ message }) => says(message.blocks, words));
  });
  items.numbers.set(id, found.number);
  return found;
}

/** The number in the first block_id of this kind: 1 of `lever:LV1`. */
export function numberOf(blocks: readonly KnownBlock[], kind: ItemKind): number | undefined {
  const prefix = `${kind}:${itemPrefix[kind]}`;
  const block = blocks.find(({ block_id: id }) => id?.startsWith(prefix));
  const number = Number(/^\d+/.exec(block?.block_id?.slice(prefix.length) ?? "")?.[0]);
  return Number.isInteger(number) ? number : undefined;
}

/**
 * The values to choose in an evidence menu for these items of the scenario: those that were
 * recorded, found by their words ("EV3 · Full trace of a request · retrieved document…").
 */
export function evidenceValues(
  stage: Stage,
  blocks: readonly KnownBlock[],
  blockId: string,
  ids: readonly string[],
): string[] {
  const options = optionsOf(blocks, blockId);
  const { recorded, numbers } = stage.items.evidence;
  return ids
    .filter((id) => recorded.includes(id))
    .flatMap((id) => {
      const known = numbers.get(id);
      const { evidence, reports } = stage.scenario;
      const said = reports.find((report) => report.id === id)?.text ?? id;
      const what = evidence.find((item) => item.id === id)?.what ?? said;
      const taken = new Set([...numbers.values()].map(String));
      const option =
        known === undefined
          ? options.find(({ value, text }) => !taken.has(value) && isCutOf(text, what))
          : options.find(({ value }) => value === String(known));
      if (!option) return [];
      numbers.set(id, Number(option.value));
      return [option.value];
    });
}

/** Whether an option's text ends in the beginning of `what`, cut where the menu had no more room. */
export function isCutOf(optionText: string, what: string): boolean {
  const parts = optionText.replaceAll(/[\u2066-\u2069]/g, "").split(" · ");
  return parts.some((_, index) => {
    if (index === 0) return false;
    const shown = parts.slice(index).join(" · ");
    return shown.endsWith("…")
      ? shown.length > 4 && what.startsWith(shown.slice(0, -1).trimEnd())
      : what === shown;
  });
}

/** The bot's number of a strand of the scenario: they count from 1 in the order of recording; 0 for one that is not there. */
export function strandNumber(stage: Stage, id: string | undefined): number {
  return stage.items.strand.recorded.indexOf(id ?? "") + 1;
}

/** The scenario's id for one of the bot's: `LV1` → the lever recorded as number 1; others stay as they are. */
export function scenarioId(stage: Stage, botId: string): string {
  for (const kind of Object.keys(itemPrefix) as ItemKind[]) {
    const match = new RegExp(`^${itemPrefix[kind]}(\\d+)$`).exec(botId);
    if (!match) continue;
    const number = Number(match[1]);
    const { numbers, recorded } = stage.items[kind];
    const known = [...numbers].find(([, other]) => other === number)?.[0];
    // the bot counts from 1 in the order of recording
    return known ?? recorded[number - 1] ?? botId;
  }
  return botId;
}

/** All that a message says, as plain text; empty where there is none. */
export function textsOfMessage(message: Pick<SandboxMessage, "blocks"> | undefined): string {
  return textsOf(message?.blocks ?? [])
    .map(plain)
    .join(" ");
}

/** Whether these blocks show these words, however they are laid out. */
export function says(blocks: readonly KnownBlock[], words: string): boolean {
  const wanted = squeeze(words).slice(0, 60);
  return squeeze(textsOf(blocks).map(plain).join(" ")).includes(wanted);
}

/** Without line breaks and double spaces: how a text is laid out does not matter. */
function squeeze(text: string): string {
  return text
    .replaceAll(/[\u2066-\u2069]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
