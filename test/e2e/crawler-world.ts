import type { InputBlock } from "@slack/types";
import { parse, stringify } from "yaml";
import type { World } from "#sandbox/play/world.ts";
import type { SandboxUser } from "#sandbox/protocol.ts";
import type { TestBot } from "#test/support/bot.ts";
import { type Choices, fillPlausibly } from "./crawler-form.ts";
import { fillLedger, fillTrace } from "./crawler-ledger.ts";
import type { DeclaredIncident, Desk, FormValues } from "./desk.ts";

/** People beside those of S0: a full member who is in no incident's channel, a guest, and two other apps. */
export const bystander = "U0BYSTANDER";
export const guest = "U0GUEST";
export const otherApp = "U0OTHERAPP";
export const webhook = "U0WEBHOOK";

/** S0's world with these people in it, and a group that owns a layer. */
export function withOnlookers(world: World): World {
  const person = (id: string): SandboxUser => ({
    id,
    name: id.toLowerCase(),
    realName: id,
    email: `${id.toLowerCase()}@example.com`,
  });
  world.seed.users.push(
    person(bystander),
    { ...person(guest), isGuest: true },
    { ...person(otherApp), bot: "app" },
    { ...person(webhook), bot: "webhook" },
  );
  const general = world.seed.channels.find(({ id }) => id === world.generalChannelId);
  general?.memberIds.push(bystander, guest, otherApp, webhook);
  const file = parse(world.servicesFile) as { services: { owners: Record<string, object> }[] };
  for (const { owners } of file.services) owners["infrastructure"] = { group: "S0PLATFORM" };
  return { ...world, servicesFile: stringify(file) };
}

/** An incident in which everything has happened once, and what is said in its channel. */
export interface RichIncident extends DeclaredIncident {
  /** Messages by who wrote them, for the shortcuts of a message's menu. */
  said: Record<"a person" | "another app" | "a webhook", string>;
}

/** Somebody at a desk who fills in the open form, with these values and whatever else it asks. */
export type Fill = (who: string, values: FormValues) => Promise<void>;

/** Fills in the form that this person has open until it is taken; throws what stood against it. */
export function fillerOf({ control }: TestBot, desk: Desk, choices: () => Choices): Fill {
  return async (who, values) => {
    const attempts = new Map<string, number>();
    let refused: unknown;
    // a form that follows what is chosen in it asks for more then
    for (const { id, actionId } of followedFields((await desk.form(who))?.blocks ?? [])) {
      const value = values[id];
      if (typeof value === "string") await desk.actInForm(who, actionId, { blockId: id, value });
    }
    for (let round = 0; round < 4; round += 1) {
      const view = await desk.form(who);
      if (!view) throw new Error(`${who} has no form open`);
      const plausible = fillPlausibly(view, choices(), "plausible", attempts);
      const known = Object.entries(values).filter(([id]) =>
        view.blocks.some((block) => block.block_id === id),
      );
      const answer = await control.submit({
        userId: desk.id(who),
        viewId: view.id,
        values: { ...plausible, ...Object.fromEntries(known) },
      });
      if (!answer.fieldErrors && answer.view?.callback_id !== view.callback_id) return;
      refused = answer.fieldErrors ?? answer.view?.blocks.slice(0, 3);
      for (const id of Object.keys(answer.fieldErrors ?? {})) {
        attempts.set(id, (attempts.get(id) ?? 0) + 1);
      }
    }
    throw new Error(`${who} is not done with the form: ${JSON.stringify(refused)}`);
  };
}

/** The fields of which a form is told at once when something is chosen in them. */
function followedFields(blocks: readonly object[]): { id: string; actionId: string }[] {
  return (blocks as Partial<InputBlock>[]).flatMap((block) =>
    block.type === "input" && block.dispatch_action === true
      ? [{ id: block.block_id ?? "", actionId: block.element?.action_id ?? "" }]
      : [],
  );
}

/** Closes one incident as undetermined, with what that takes. */
export async function closeUndetermined(
  desk: Desk,
  fill: Fill,
  { channelId }: DeclaredIncident,
): Promise<void> {
  await desk.open("declarer", "action", channelId);
  await fill("declarer", { ...anObservingAction(desk) });
  await desk.open("declarer", "close", channelId);
  await fill("declarer", { close_as: "undetermined", approver: desk.id("approver") });
  await desk.settle();
}

function anObservingAction(desk: Desk): FormValues {
  return {
    title: "Keep the assembled prompt of every answer",
    owner: desk.id("owner_retrieval_data"),
    layer: "retrieval_data",
    constraint_kind: "observability",
  };
}

/** Everything that can happen in an open incident, once: by the forms, as people do it. */
export async function richIncident(bot: TestBot, desk: Desk, fill: Fill): Promise<RichIncident> {
  const {
    control,
    database: { db },
  } = bot;
  const incident = await desk.declare("declarer", {
    title: "Answers follow the old rule",
    severity: "SEV2",
    user_impact: "Three people were paid by the old rule",
  });
  const { channelId } = incident;
  await fillLedger(bot, incident);
  for (const userId of [guest, otherApp, webhook, desk.id("authorizer_business")]) {
    await control.join({ userId, channelId });
  }
  const record = async (who: string, text: string, values: FormValues = {}) => {
    await desk.open(who, text, channelId);
    await fill(who, values);
  };
  const say = async (userId: string, text: string) =>
    (await control.say({ userId, channelId, text })).ts;
  const said = {
    "a person": await say(desk.id("declarer"), "The old rule again, in Berlin"),
    "another app": await say(otherApp, "Deploy 41 is out"),
    "a webhook": await say(webhook, "Error rate is back to normal"),
  };
  await control.react({
    userId: desk.id("declarer"),
    channelId,
    ts: said["a person"],
    name: "pushpin",
  });

  await record("owner_retrieval_data", "evidence", {
    kind: "E5",
    what: "36 of 40 against 1 of 40, by index version",
    supports: ["retrieval_data"],
  });
  await record("declarer", "evidence", { kind: "E10", what: "Two readers report the old rule" });
  await record("owner_model", "replay One failing request", {
    arms: "baseline: 9 of 20\nall last known good: 1 of 20",
  });
  // a file in which something is wrong: who gave it is told, with a button
  const file = { name: "arms.csv", mimetype: "text/csv", content: "It failed quite often." };
  const { fileId } = await control.upload({ userId: desk.id("declarer"), file });
  await desk.record("declarer", "replay Counts in a file", channelId, { file: [fileId] });
  await closeForms(desk, control, "declarer");
  await fillTrace(bot, desk, incident);
  await record("declarer", "strand Answers in Berlin");
  // more than one page of them
  await db
    .insertInto("strand")
    .values(
      Array.from({ length: 22 }, (_, index) => ({
        incidentId: incident.number,
        number: index + 3,
        name: `Mechanism ${index + 3}`,
      })),
    )
    .execute();
  await desk.press("owner_model", await desk.panel(channelId), "answer-layers");
  await fill("owner_model", {
    "change:model": "no_change",
    "certainty:model": ["source_complete", "all_questions"],
    "strands:model": [],
    "change:prompt_policy": "no_change",
  });
  // one press rules the model out of the first strand; the second one may be two failures
  const onFirst = { strands: ["1"], slice: null, supports: [], contradicts: ["model"] };
  const clearing = { kind: "E1", what: "The ids are equal", ...onFirst, clears: ["model"] };
  await record("owner_model", "evidence", clearing);
  const other = { what: "The answer is refused altogether", other_failure: ["other"] };
  const quiet = { supports: [], contradicts: [], clears: [], slice: null };
  await record("declarer", "evidence", { kind: "E10", ...other, ...quiet, strands: ["2"] });
  await desk.settle();
  const report = (await desk.messages(channelId)).find(({ blocks }) =>
    JSON.stringify(blocks).includes(other.what),
  );
  if (report) await desk.press("declarer", report, "verify-report");
  await desk.settle();
  await record("declarer", "stabilize", {
    lever: "disable_feature",
    authorizer: desk.id("authorizer_business"),
    capacity: "business",
    second_authorizer: desk.id("approver"),
    second_capacity: "technical",
  });
  await record("declarer", "stabilize", {
    lever: "restrict_triggering",
    authorizer: desk.id("authorizer_business"),
    harm_signal: null,
  });
  await desk.open("declarer", "checklist", channelId);
  await desk.actInForm("declarer", "set-verdict", { blockId: "layer:S1:infrastructure" });
  await fill("declarer", { layer: "integration_ui", verdict: "contributing" });
  await closeForms(desk, control, "declarer");
  // more than one page of them
  for (let count = 0; count < 9; count += 1) {
    await record("declarer", `action Show the date of each source ${count}`, {
      layer: "integration_ui",
    });
  }
  for (const text of ["gap", "factor", "golden", "risk"]) await record("declarer", text);
  await desk.type("declarer", "note The index job ran at four", channelId);
  await record("declarer", "update");
  await desk.settle();
  return { ...incident, said };
}

/** The hours after it: what waited is asked for again. `hours` from now, in real time. */
export async function letHoursPass({ control }: TestBot, desk: Desk, hours: number): Promise<Date> {
  const now = new Date(Date.now() + hours * 3_600_000);
  await control.setClock({ now: now.toISOString() });
  await desk.settle();
  return now;
}

/** Closes every form of this person. */
async function closeForms(desk: Desk, control: TestBot["control"], who: string): Promise<void> {
  for (let view = await desk.form(who); view; view = await desk.form(who)) {
    await control.closeView({ userId: desk.id(who), viewId: view.id });
  }
}
