import type { SandboxState } from "#sandbox/protocol.ts";
import { says } from "./items.ts";
import { accepted, type Got, readEphemerals } from "./judge.ts";
import { closeForms, type FormValues, submitForm, typeCommand, untilAcked } from "./person.ts";
import { beInChannel, type Deed, incidentChannel, type Stage, userOf } from "./stage.ts";
import { slashCommand } from "./world.ts";

/** Hands roles over, one command each: `/incident role coordinator @who`. */
export const assignRole: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const role of data.roles ?? []) {
    last = await typeAtOnce(stage, actor, `role ${role} @${data.handle ?? ""}`);
    if (last.result !== "accepted") return last;
  }
  return last;
};

/** Types a note for the timeline; words that R12 refuses come back with other words. */
export const addNote: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  const text = data.text ?? "";
  const isThere = (state: SandboxState) =>
    state.messages.some(
      ({ channel, blocks }) => channel === stage.channelId && text !== "" && says(blocks, text),
    );
  return typeAtOnce(stage, actor, `note ${text}`, isThere);
};

/** Moves the incident to another phase; a gate may refuse it (B5). */
export const changePhase: Deed = (stage, actor, data) =>
  fillIn(
    stage,
    actor,
    { text: "phase", opens: "set-phase" },
    { phase: data.phase ?? null, reason: phaseReason },
  );

/** Opens a closed incident again. */
export const reopen: Deed = (stage, actor, data) =>
  fillIn(stage, actor, { text: "reopen", opens: "reopen-incident" }, { why: data.text ?? null });

const phaseReason = "What we know now asks for it.";

async function fillIn(
  stage: Stage,
  actor: string,
  form: { text: string; opens: string },
  values: FormValues,
): Promise<Got> {
  await beInChannel(stage, actor);
  await closeForms(stage, actor);
  const channelId = incidentChannel(stage);
  const opened = await typeCommand(stage, actor, { channelId, ...form });
  if ("said" in opened) return opened.said;
  return submitForm(stage, actor, opened.form, values);
}

/**
 * Types a command that is carried out without a form; again where Slack says that it failed, unless it
 * took effect (the bot may be restarting).
 */
async function typeAtOnce(
  stage: Stage,
  actor: string,
  words: string,
  isDone: (state: SandboxState) => boolean = () => false,
): Promise<Got> {
  const text = `${slashCommand} ${words}`;
  stage.typed.push({ how: "types", what: text });
  const interaction = await untilAcked(
    stage,
    `${text} to be answered`,
    () =>
      stage.control.command({
        userId: userOf(stage, actor),
        channelId: incidentChannel(stage),
        text,
      }),
    isDone,
  );
  return (
    readEphemerals(interaction) ?? { ...accepted(), result: "nothing", sentence: "No answer." }
  );
}
