import { randomBytes } from "node:crypto";
import { isJson, type Json, objectsOf, textOf } from "#sandbox/json.ts";
import type { OpenView, PublishedHome } from "#sandbox/protocol.ts";
import { withIds } from "./block-ids.ts";
import {
  elementsOf,
  type ElementState,
  type Given,
  initialState,
  isStateful,
  readState,
  stillFits,
} from "./elements.ts";

/** Slack's limit, https://docs.slack.dev/reference/methods/views.push (`push_limit_reached`). */
const maxStack = 3;

/** A form that stands open on somebody's screen. */
export interface ViewRecord {
  id: string;
  userId: string;
  hash: string;
  /** As the bot sent it, with every block and element named. */
  view: Json;
  /** block_id → action_id → what is filled in. */
  state: Record<string, Record<string, ElementState>>;
  /** block_id → action_id → what an external_select has offered so far. */
  offered: Record<string, Record<string, Json[]>>;
  rootId: string;
  previousId: string | null;
}

export interface ViewStacks {
  /** Shows a form in place of whatever the person has open. */
  open(userId: string, view: Json): ViewRecord;
  /** Undefined where three forms are open already. */
  push(userId: string, view: Json): ViewRecord | undefined;
  /** A new hash; what the person put in stays where block_id and action_id stay. */
  update(record: ViewRecord, view: Json): void;
  find(viewId: string): ViewRecord | undefined;
  findByExternalId(externalId: string): ViewRecord | undefined;
  top(userId: string): ViewRecord | undefined;
  /** All that are open on this person's screen, the lowest first. */
  stack(userId: string): readonly ViewRecord[];
  /** Takes this form away; what lay under it shows again. */
  close(record: ViewRecord): void;
  clear(userId: string): void;
}

/** The forms open in one workspace. `changed` is called with the person whose screen changes. */
export function createViewStacks(
  newViewId: () => string,
  changed: (userId: string) => void,
): ViewStacks {
  const stacks = new Map<string, ViewRecord[]>();
  const stackOf = (userId: string) => stacks.get(userId) ?? [];
  const show = (userId: string, stack: ViewRecord[]) => {
    stacks.set(userId, stack);
    changed(userId);
  };
  const all = () => [...stacks.values()].flat();
  const add = (userId: string, under: ViewRecord[], view: Json): ViewRecord => {
    const id = newViewId();
    const previous = under.at(-1);
    const record: ViewRecord = {
      id,
      userId,
      ...renderView(view, {}),
      offered: {},
      rootId: previous?.rootId ?? id,
      previousId: previous?.id ?? null,
    };
    show(userId, [...under, record]);
    return record;
  };
  return {
    open: (userId, view) => add(userId, [], view),
    push(userId, view) {
      const stack = stackOf(userId);
      return stack.length >= maxStack ? undefined : add(userId, stack, view);
    },
    update(record, view) {
      Object.assign(record, renderView(view, record.state));
      changed(record.userId);
    },
    find: (viewId) => all().find((record) => record.id === viewId),
    findByExternalId: (externalId) =>
      all().find((record) => record.view["external_id"] === externalId),
    top: (userId) => stackOf(userId).at(-1),
    stack: stackOf,
    close: (record) =>
      show(
        record.userId,
        stackOf(record.userId).filter((one) => one !== record),
      ),
    clear: (userId) => show(userId, []),
  };
}

/** The view with every element named, and what is filled in; `before` stays where block_id and action_id stay. */
export function renderView(
  view: Json,
  before: ViewRecord["state"],
): Pick<ViewRecord, "hash" | "view" | "state"> {
  const hash = `${Math.floor(Date.now() / 1_000)}.${randomBytes(4).toString("hex")}`;
  const blocks = withIds(objectsOf(view["blocks"]), hash);
  const state: ViewRecord["state"] = {};
  for (const block of blocks) {
    const blockId = String(block["block_id"]);
    for (const element of elementsOf(block).filter(isStateful)) {
      const actionId = String(element["action_id"]);
      const kept = before[blockId]?.[actionId];
      (state[blockId] ??= {})[actionId] =
        kept && stillFits(element, kept) ? kept : initialState(element);
    }
  }
  return { hash, view: { ...view, blocks }, state };
}

/** The form as a person sees it, with what is filled in by block_id. */
export function toOpenView(record: ViewRecord): OpenView {
  return asSeen(record) as OpenView;
}

/** The Home as a person sees it. */
export function toPublishedHome(record: ViewRecord): PublishedHome {
  return asSeen(record) as PublishedHome;
}

function asSeen(record: ViewRecord): unknown {
  const values: Record<string, Given> = {};
  for (const [blockId, states] of Object.entries(record.state)) {
    const [first] = Object.values(states);
    if (first) values[blockId] = readState(first);
  }
  return { ...record.view, id: record.id, hash: record.hash, values };
}

/** The form or Home as Slack sends it, in the answer of views.* and in interaction payloads. */
export function viewBody(
  record: ViewRecord,
  ids: { teamId: string; appId: string; botId: string },
): Json {
  const { view } = record;
  return {
    id: record.id,
    team_id: ids.teamId,
    type: view["type"],
    blocks: view["blocks"],
    private_metadata: textOf(view["private_metadata"]) ?? "",
    callback_id: textOf(view["callback_id"]) ?? "",
    state: { values: structuredClone(record.state) },
    hash: record.hash,
    title: view["title"],
    clear_on_close: view["clear_on_close"] === true,
    notify_on_close: view["notify_on_close"] === true,
    close: isJson(view["close"]) ? view["close"] : null,
    submit: isJson(view["submit"]) ? view["submit"] : null,
    previous_view_id: record.previousId,
    root_view_id: record.rootId,
    app_id: ids.appId,
    external_id: textOf(view["external_id"]) ?? "",
    app_installed_team_id: ids.teamId,
    bot_id: ids.botId,
  };
}
