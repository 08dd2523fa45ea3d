import type { Scenario } from "#sandbox/scenario.ts";
import { noteRecorded, scenarioId } from "./items.ts";
import { closeForms, submitForm, typeCommand } from "./person.ts";
import { beInChannel, type Deed, messagesFor, userOf, waitFor } from "./stage.ts";

/** Declares the incident where everybody is, and waits for its channel. */
export const declare: Deed = async (stage, actor, data) => {
  const { scenario, world, control } = stage;
  const before = new Set((await control.state()).channels.map((channel) => channel.id));
  const opened = await typeCommand(stage, actor, {
    channelId: world.generalChannelId,
    text: `declare ${scenario.title}`,
    opens: "declare-incident",
  });
  if ("said" in opened) return opened.said;
  const { detection } = scenario;
  const got = await submitForm(stage, actor, opened.form, {
    title: scenario.title,
    severity: scenario.severity.internal,
    user_impact: userImpact(scenario),
    incident_class: scenario.classes.primary,
    onset_at: detection.onset_held ? seconds(detection.onset_held) : null,
    noticed_at: seconds(detection.detected),
    noticed_how: detection.sources,
  });
  if (got.result !== "accepted") return got;
  const channel = await waitFor(stage, "the incident's channel", (state) =>
    state.channels.find(
      (candidate) => candidate.name.startsWith("inc-") && !before.has(candidate.id),
    ),
  );
  stage.channelId = channel.id;
  for (const id of data.strand_ids ?? []) noteRecorded(stage, "strand", id);
  const userId = userOf(stage, actor);
  await waitFor(
    stage,
    "the invitation to the channel",
    (state) =>
      state.channels.find((c) => c.id === channel.id)?.memberIds.includes(userId) || undefined,
  );
  await control.settled();
  return got;
};

/** Comes into the channel later, and is told by direct message where the incident stands. */
export const join: Deed = async (stage, actor) => {
  await closeForms(stage, actor);
  stage.typed.push({ how: "joins", what: "the incident's channel" });
  await beInChannel(stage, actor);
  const told = await waitFor(stage, "what somebody who comes late is told", (state) =>
    messagesFor(stage, state, userOf(stage, actor)).find(
      ({ channel, message }) => channel.isDirect && strandsIn(message.blocks).length > 0,
    ),
  );
  return {
    result: "shown",
    rules: [],
    missing: [],
    sentence: told.message.text,
    shown: strandsIn(told.message.blocks).map((id) => scenarioId(stage, id)),
  };
};

/** The strands that a message speaks of, by its block_ids: `strand:S1`. */
function strandsIn(blocks: readonly { block_id?: string }[]): string[] {
  return blocks.flatMap(({ block_id: id = "" }) => /^strand:(S\d+)$/.exec(id)?.[1] ?? []);
}

/** What users see and what was promised; a replay of a real incident says that it is one. */
export function userImpact(scenario: Scenario): string {
  const { citation, impact, promise, strands } = scenario;
  const seen = strands[0]?.symptom;
  return [
    ...(seen === undefined ? [] : [sentence(seen)]),
    ...(citation.url === ""
      ? []
      : [
          `This is a replay, and parts of it are invented. The incident itself is public: ${citation.publisher}, "${citation.title}", ${citation.url}.`,
        ]),
    `Promised: ${sentence(promise.text, false)}`,
    ...impact.map(({ what, value, unit }) => sentence(`${what}: ${value} ${unit}`)),
  ].join("\n");
}

function sentence(text: string, startsIt = true): string {
  const start = startsIt ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

/** Date and time pickers give seconds since 1970. */
function seconds(iso: string): string {
  return String(Date.parse(iso) / 1_000);
}
