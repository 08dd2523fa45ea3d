import type { KnownBlock } from "@slack/types";
import type { OpenView } from "#sandbox/protocol.ts";
import type { ScenarioChange, StepData } from "#sandbox/scenario.ts";
import { buttonsOf, firstLine, optionsOf, plain, type SeenButton, textsOf } from "./blocks.ts";
import { says } from "./items.ts";
import { accepted } from "./judge.ts";
import {
  closeForms,
  type Opened,
  pressInForm,
  pressToOpen,
  submitForm,
  typeCommand,
} from "./person.ts";
import { beInChannel, type Deed, incidentChannel, type Stage, StuckError } from "./stage.ts";
import { keyOfChange } from "./told-ledger.ts";

/** Asks whether anything changed; `since_lkg` has the search go back to when it last worked. */
export const showChanges: Deed = async (stage, actor, data) => {
  const opened = await openVersions(stage, actor);
  if ("said" in opened) return opened.said;
  const form =
    data.scan === "since_lkg" ? await widen(stage, actor, opened.form) : { form: opened.form };
  if ("said" in form) return form.said;
  const pages = await allPages(stage, actor, form.form);
  const texts = textsOf(pages[0]?.blocks).map((text) => firstLine(plain(text)));
  return {
    ...accepted(texts.find((text) => text !== "")),
    result: "shown",
    shown: pages.flatMap(({ blocks }) => changesIn(stage, blocks as KnownBlock[])),
  };
};

/** Records changes that nothing has declared, one form each. */
export const addChange: Deed = async (stage, actor, data) => {
  let last = accepted();
  for (const change of changesOf(stage, data)) {
    const opened = await openFromVersions(stage, actor, "add-change");
    if ("said" in opened) return opened.said;
    const kinds = optionsOf(opened.form.blocks as KnownBlock[], "kind").map(({ value }) => value);
    last = await submitForm(stage, actor, opened.form, {
      at: change.at === undefined ? null : seconds(change.at),
      // a kind that the menu does not have is a setting of some sort: the layer is told all the same
      kind: change.kind !== undefined && kinds.includes(change.kind) ? change.kind : "config",
      layer: change.layer ?? null,
      summary: change.what ?? null,
    });
    if (last.result === "refused" || last.result === "nothing") return last;
  }
  return last;
};

/** Says that the changes of layers are recorded whole somewhere (R4). */
export const markSourceComplete: Deed = async (stage, actor, data) => {
  const opened = await openFromVersions(stage, actor, "mark-source");
  if ("said" in opened) return opened.said;
  const layers = data.layers ?? (data.layer === undefined ? undefined : [data.layer]);
  return submitForm(stage, actor, opened.form, {
    // what nobody names is what the form proposes
    ...(layers === undefined ? {} : { layers }),
    source: data.text ?? "The deployment log, which every change goes through",
  });
};

async function openVersions(stage: Stage, actor: string): Promise<Opened> {
  await beInChannel(stage, actor);
  await closeForms(stage, actor);
  const channelId = incidentChannel(stage);
  return typeCommand(stage, actor, { channelId, text: "versions", opens: "versions" });
}

async function openFromVersions(
  stage: Stage,
  actor: string,
  opens: "add-change" | "mark-source",
): Promise<Opened> {
  const versions = await openVersions(stage, actor);
  if ("said" in versions) return versions;
  const { actionId, blockId, label } = buttonIn(versions.form, opens);
  const press = { in: { viewId: versions.form.id }, actionId, blockId, label };
  return pressToOpen(stage, actor, press, opens);
}

/**
 * Has the search go back to when it last worked. Where nobody has said when that was, a form asks for it;
 * where it goes back as far already, there is nothing to widen.
 */
async function widen(stage: Stage, actor: string, form: OpenView): Promise<Opened> {
  const button = findButton(form, "widen-to-last-good");
  if (!button) return { form };
  const next = await pressInForm(stage, actor, form, button);
  if (next.callback_id === form.callback_id) return { form: next };
  const { lkg_baseline: known } = stage.scenario;
  const got = await submitForm(stage, actor, next, {
    ...(known ? { last_known_good: seconds(known.at) } : {}),
    basis: "It answered as promised then.",
  });
  return got.result === "refused" || got.result === "nothing"
    ? { said: got }
    : openVersions(stage, actor);
}

/** Every page of it, from the one that is open. */
async function allPages(stage: Stage, actor: string, form: OpenView): Promise<OpenView[]> {
  const pages = [form];
  for (let page = form; pages.length < pagesAtMost;) {
    const button = findButton(page, "versions-later");
    if (!button) break;
    page = await pressInForm(stage, actor, page, button);
    pages.push(page);
  }
  return pages;
}

const pagesAtMost = 50;

/**
 * The scenario's ids of the changes that a page shows: by the key they were declared under, else by their
 * words; what is none of the scenario's keeps its key.
 */
function changesIn({ scenario }: Stage, blocks: readonly KnownBlock[]): string[] {
  const events = scenario.control_plane_events ?? [];
  return blocks.flatMap((block) => {
    const key = /^change:(.+)$/.exec(block.block_id ?? "")?.[1];
    if (key === undefined) return [];
    const event =
      events.find(({ id }) => keyOfChange(scenario, id) === key) ??
      events.find(({ what }) => says([block], what));
    return [event?.id ?? key];
  });
}

/** The changes that a step names, or the one that it describes. */
function changesOf({ scenario }: Stage, data: StepData): Partial<ScenarioChange>[] {
  const { change_ids: ids, layer, text } = data;
  if (ids !== undefined) {
    return (scenario.control_plane_events ?? []).filter(({ id }) => ids.includes(id));
  }
  const word = (key: string) => {
    const value = data[key];
    return typeof value === "string" ? { [key]: value } : {};
  };
  return [
    {
      ...word("what"),
      ...(text === undefined ? {} : { what: text }),
      ...(layer === undefined ? {} : { layer }),
      ...word("kind"),
      ...word("at"),
    },
  ];
}

function findButton(form: OpenView, actionId: string): SeenButton | undefined {
  return buttonsOf(form.blocks as KnownBlock[]).find((one) => one.actionId === actionId);
}

function buttonIn(form: OpenView, actionId: string): SeenButton {
  const button = findButton(form, actionId);
  if (!button) throw new StuckError(`The form ${form.callback_id} has no button ${actionId}.`);
  return button;
}

/** Date and time pickers give seconds since 1970. */
function seconds(iso: string): string {
  return String(Date.parse(iso) / 1_000);
}
