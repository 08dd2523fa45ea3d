import { setTimeout as pause } from "node:timers/promises";
import type { KnownBlock } from "@slack/types";
import type { Interaction, OpenView, SandboxState } from "#sandbox/protocol.ts";
import { buttonsOf, optionsOf, type SeenButton } from "./blocks.ts";
import { type Got, readEphemerals, readSubmission } from "./judge.ts";
import { patienceOf, type Stage, StuckError, userOf } from "./stage.ts";
import { slashCommand } from "./world.ts";

/**
 * What a person does with Slack, with the patience of one: who gets no answer in 3 s, or whose form
 * did not open, types or presses again (the bot may be restarting), for about a minute.
 */

/** A form that is open now, or what was said instead. */
export type Opened = { form: OpenView } | { said: Got };
export type FormValues = Record<string, string | string[] | null>;

/** Types a slash command in a channel; the answer is a form with this callback id, or words. */
export async function typeCommand(
  stage: Stage,
  actor: string,
  input: { channelId: string; text: string; opens: string },
): Promise<Opened> {
  const text = `${slashCommand} ${input.text}`;
  stage.typed.push({ how: "types", what: text });
  const userId = userOf(stage, actor);
  return untilOpened(stage, userId, input.opens, `${text} to be answered`, () =>
    stage.control.command({ userId, channelId: input.channelId, text }),
  );
}

/** Where a button is: on a message, or in the open form. */
export type Place = { channelId: string; ts: string } | { viewId: string };
export interface Press {
  in: Place;
  actionId: string;
  blockId?: string | undefined;
  /** For a select: the option. */
  value?: string;
  label: string;
}

/** Presses a button that opens a form with this callback id. */
export async function pressToOpen(
  stage: Stage,
  actor: string,
  press: Press,
  opens: string,
): Promise<Opened> {
  stage.typed.push({ how: "presses", what: press.label });
  const userId = userOf(stage, actor);
  return untilOpened(stage, userId, opens, `the form behind "${press.label}"`, async () =>
    stage.control.act({ userId, ...actOf(await onTop(stage, userId, press)) }),
  );
}

/** The button where it is seen: the same form may have come a second time, over the first. */
async function onTop(stage: Stage, userId: string, press: Press): Promise<Press> {
  if (!("viewId" in press.in)) return press;
  const top = await stage.control.openView({ userId });
  const isThere = buttonsOf((top?.blocks ?? []) as KnownBlock[]).some(
    ({ actionId, blockId }) => actionId === press.actionId && blockId === press.blockId,
  );
  return top && isThere ? { ...press, in: { viewId: top.id } } : press;
}

/** Presses a button that acts at once. `isDone` looks whether it took effect, for who got no answer. */
export async function press(
  stage: Stage,
  actor: string,
  input: Press,
  isDone: (state: SandboxState) => boolean,
): Promise<Interaction> {
  stage.typed.push({ how: "presses", what: input.label });
  const userId = userOf(stage, actor);
  return untilAcked(
    stage,
    `"${input.label}" to be answered`,
    () => stage.control.act({ userId, ...actOf(input) }),
    isDone,
  );
}

/** Chooses in a select that changes the form around it; returns the form as it is afterwards. */
export async function chooseInForm(
  stage: Stage,
  actor: string,
  form: OpenView,
  choice: { actionId: string; blockId: string; value: string },
): Promise<OpenView> {
  const userId = userOf(stage, actor);
  stage.typed.push({ how: "chooses", what: choice.value });
  const isPatient = patienceOf(stage);
  while (isPatient()) {
    await untilAcked(stage, "the choice to be answered", () =>
      stage.control.act({ userId, in: { viewId: form.id }, ...choice }),
    );
    const changed = await lookAtForm(
      stage,
      userId,
      (view) => view.id === form.id && view.hash !== form.hash,
    );
    if (changed) return changed;
  }
  throw new StuckError(`The form did not change after ${choice.value} was chosen.`);
}

/**
 * Presses a button in the open form; returns what is on the screen when it has changed: the form drawn anew,
 * or another on top of it.
 */
export async function pressInForm(
  stage: Stage,
  actor: string,
  form: OpenView,
  { actionId, blockId, label }: SeenButton,
): Promise<OpenView> {
  stage.typed.push({ how: "presses", what: label });
  const userId = userOf(stage, actor);
  const isChanged = (view: OpenView) => view.id !== form.id || view.hash !== form.hash;
  const isPatient = patienceOf(stage);
  while (isPatient()) {
    await untilAcked(stage, `"${label}" to be answered`, () =>
      stage.control.act({
        userId,
        ...actOf({ in: { viewId: form.id }, actionId, blockId, label }),
      }),
    );
    const changed = await lookAtForm(stage, userId, isChanged);
    if (changed && changed.callback_id !== "receipt") return changed;
    // the word that it could not be done in time, which is put away
    if (changed) await stage.control.closeView({ userId, viewId: changed.id });
  }
  throw new StuckError(`Nothing changed after "${label}" was pressed.`);
}

/** Fills in the open form and sends it. Fields that the form does not have are an error of the form. */
export async function submitForm(
  stage: Stage,
  actor: string,
  form: OpenView,
  values: FormValues,
): Promise<Got> {
  const known = new Set(form.blocks.map((block) => block.block_id));
  const unknown = Object.keys(values).filter(
    (field) => !known.has(field) && values[field] !== null,
  );
  if (unknown.length > 0) {
    throw new StuckError(`The form ${form.callback_id} has no field ${unknown.join(", ")}.`);
  }
  const given = Object.fromEntries(Object.entries(values).filter(([field]) => known.has(field)));
  stage.typed.push({ how: "fills in", what: describeValues(stage, form, given) });
  const userId = userOf(stage, actor);
  let shown = form;
  const interaction = await untilAcked(stage, "the form to be answered", async () => {
    // where Slack is slow, a second form may have come over the first: people send what they see
    const top = await stage.control.openView({ userId });
    if (top && top.callback_id === form.callback_id) shown = top;
    return stage.control.submit({ userId, viewId: shown.id, values: given });
  });
  return readSubmission(interaction, shown, given);
}

/** Closes whatever forms this person still has open. */
export async function closeForms(stage: Stage, actor: string): Promise<void> {
  const userId = userOf(stage, actor);
  for (let depth = 0; depth < deepestStack; depth += 1) {
    const view = await stage.control.openView({ userId });
    if (!view) return;
    await stage.control.closeView({ userId, viewId: view.id });
  }
}

/** What the bot says where Slack was too slow for a form (`src/slack/edge.ts`). */
const notOpened = /did not open the form in time/;
/** Slack keeps at most three forms on top of each other. */
const deepestStack = 3;
/** So long does a person look at the screen for a form before they try again. */
const formMs = 3_000;
const betweenTriesMs = 300;

function actOf({ in: place, actionId, blockId, value }: Press) {
  return {
    in: place,
    actionId,
    ...(blockId === undefined ? {} : { blockId }),
    ...(value === undefined ? {} : { value }),
  };
}

async function untilOpened(
  stage: Stage,
  userId: string,
  opens: string,
  what: string,
  act: () => Promise<Interaction>,
): Promise<Opened> {
  const isPatient = patienceOf(stage);
  let last = "";
  while (isPatient()) {
    const interaction = await act().catch((cause: unknown) =>
      lookBehind(stage, userId, opens, cause),
    );
    const { status, view, error } = interaction;
    if (view?.callback_id === opens) return { form: view };
    if (status === "acked") {
      const said = readEphemerals(interaction);
      if (said && !notOpened.test(said.sentence)) return { said };
      const form = said
        ? undefined
        : await lookAtForm(stage, userId, (seen) => seen.callback_id === opens);
      if (form) return { form };
    }
    last = error ?? status;
    await pause(betweenTriesMs);
  }
  throw new StuckError(`Waited for ${what}; the last try: ${last}.`);
}

/**
 * What was pressed is covered by now: by the form that it was to open, which came late; or by the word
 * that it could not be opened in time, which is put away. Anything else was no accident.
 */
async function lookBehind(
  stage: Stage,
  userId: string,
  opens: string,
  cause: unknown,
): Promise<Interaction> {
  const view = await stage.control.openView({ userId });
  if (view?.callback_id === opens) return { status: "acked", ms: 0, ephemerals: [], view };
  if (view?.callback_id !== "receipt") throw cause;
  await stage.control.closeView({ userId, viewId: view.id });
  return { status: "failed", ms: 0, ephemerals: [] };
}

/** Does it again until Slack has an answer. `isDone` looks whether it took effect all the same. */
export async function untilAcked(
  stage: Stage,
  what: string,
  act: () => Promise<Interaction>,
  isDone?: (state: SandboxState) => boolean,
): Promise<Interaction> {
  const isPatient = patienceOf(stage);
  let last = "";
  while (isPatient()) {
    const interaction = await act();
    if (interaction.status === "acked") return interaction;
    last = interaction.error ?? interaction.status;
    await pause(betweenTriesMs);
    if (isDone?.(await stage.control.state())) return { status: "acked", ms: 0, ephemerals: [] };
  }
  throw new StuckError(`Waited for ${what}; the last try: ${last}.`);
}

async function lookAtForm(
  stage: Stage,
  userId: string,
  isIt: (view: OpenView) => boolean,
): Promise<OpenView | undefined> {
  const deadline = Date.now() + formMs;
  while (Date.now() < deadline) {
    const view = await stage.control.openView({ userId });
    if (view && isIt(view)) return view;
    await pause(40);
  }
  return undefined;
}

/** Whether this field is a picker of a date and time, which gives seconds since 1970. */
function isTimeField({ blocks }: OpenView, field: string): boolean {
  const block = (blocks as KnownBlock[]).find(({ block_id: id }) => id === field);
  return block?.type === "input" && block.element.type === "datetimepicker";
}

/** "title: Old rule; owner: @owner_model", in the words of the form, without what was left blank. */
function describeValues(stage: Stage, form: OpenView, values: FormValues): string {
  const handles = new Map([...stage.world.userIds].map(([handle, id]) => [id, `@${handle}`]));
  const words = (field: string, value: string) => {
    const option = optionsOf(form.blocks as KnownBlock[], field).find((o) => o.value === value);
    const isMoment = isTimeField(form, field) && /^\d{10}$/.test(value);
    const moment = isMoment ? new Date(Number(value) * 1_000).toISOString() : undefined;
    return option?.text ?? handles.get(value) ?? moment ?? value;
  };
  return Object.entries(values)
    .filter(([, value]) => value !== null && value.length > 0)
    .map(
      ([field, value]) =>
        `${field}: ${[value]
          .flat()
          .map((v) => words(field, v ?? ""))
          .join(", ")}`,
    )
    .join("; ");
}
