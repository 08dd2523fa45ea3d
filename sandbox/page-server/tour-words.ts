import type { TourStep } from "#sandbox/page/live/topics.ts";
import { slashCommand } from "#sandbox/play/world.ts";

/** Who does what in the tour. */
export interface TourPeople {
  declarer: TourStep["actAs"];
  coordinator: TourStep["actAs"];
  /** Of a layer other than the model. */
  owner: TourStep["actAs"];
  authorizer: TourStep["actAs"];
  /** Set where the incident ends as undetermined, which somebody approves. */
  approver: TourStep["actAs"] | undefined;
  title: string;
}

/**
 * The five steps in words. What stands in “quotes” is drawn by the bot or the page in just these words,
 * and a test holds it to that; what stands between backticks is typed. `lastStep`: the close, which the newcomer does; the script does what is before it.
 */
export function tourWords(people: TourPeople, lastStep: number): Omit<TourStep, "isDone">[] {
  const { declarer, coordinator, owner, authorizer, approver } = people;
  return [
    {
      id: "declare",
      title: "Declare the incident",
      how: [
        `Act as @${declarer.handle}, in the channel #general.`,
        `Put \`${slashCommand} declare ${people.title}\` into the message box and press Enter.`,
        "A form opens. Under “How bad is it?” choose “SEV2: The core promise broken for a cohort, or spreading”.",
        "Press “Declare”. Then close the receipt “Saved”.",
      ],
      actAs: declarer,
      seen: "The incident has a channel of its own now, with a panel pinned in it. Everybody who owns a part of the product was asked by direct message whether it changed.",
    },
    {
      id: "blame",
      title: "Blame the model",
      how: [
        `Still as @${declarer.handle}, go to the incident's channel: its name begins with inc-1.`,
        `Type \`${slashCommand} checklist\` and press Enter.`,
        "Find “Model”, and press “Set a verdict” under it.",
        "Under “What do you decide?” choose “Broke first”, and under “How sure is it?” choose “Suspected”.",
        "Press “Set verdict”, and read the top of the form.",
        "Then press “Cancel”, and “Close” in the checklist.",
      ],
      actAs: declarer,
      seen: "The bot refuses, and says at the top of the form which parts nobody has answered for yet. Nobody is blamed before all have been looked at; that it was tried stays in the record.",
    },
    {
      id: "answer",
      title: "Answer for a layer",
      how: [
        `Act as @${owner.handle}. Open the direct message from the bot.`,
        "Press “Answer”.",
        "Under “Did this layer change or degrade near the window?” choose “It changed”.",
        "Under “In a sentence” say what was found: the index was rebuilt, and old documents stayed in it.",
        "Press “Save”. Then close the receipt “Saved”.",
      ],
      actAs: owner,
      seen: "The panel in the incident's channel counts one more answer, and the direct message offers to correct it. What was recorded is never overwritten: a correction stands beside it.",
    },
    {
      id: "authorize",
      title: "Stop the harm, with somebody's authority",
      how: [
        `Act as @${coordinator.handle}. Open “Browse channels”, press “Join” beside the incident's channel, and open it.`,
        `Type \`${slashCommand} stabilize\` and press Enter.`,
        "Under “What was done to stop the harm?” choose “Restrict triggering for a topic or cohort”.",
        `Under “Who authorized it?” choose @${authorizer.handle}.`,
        "Say what you give up under “For whom does the feature disappear?”, and when it ends under “When is it taken back?”.",
        "Press “Record”.",
        `Now the other half: act as @${authorizer.handle}. Once the lever is recorded, the button below is for that.`,
        "Open the direct message from the bot, and press “Yes, I authorized it”.",
      ],
      actAs: coordinator,
      seen: "The lever's message in the channel says who authorized it. As long as it is in force, the incident cannot be closed.",
    },
    {
      id: "close",
      title: "Close it, and read the postmortem",
      how: [
        "Press “Let the others do their part” below: they record what they found, and what is to be done.",
        `Then act as @${coordinator.handle}, in the incident's channel.`,
        `Type \`${slashCommand} close\` and press Enter.`,
        ...(approver
          ? [
              `Under “How does it end?” choose “Undetermined: it cannot be known”, and under “Who approves it?” choose @${approver.handle}.`,
            ]
          : ["Under “How does it end?” leave “We know what broke first”."]),
        "Press “Close it”. Then press “Review the postmortem” in the channel, and read it in the pull request.",
      ],
      actAs: coordinator,
      playUntil: lastStep,
      seen: "The postmortem was written from the record: what happened when, what broke first and what spoke against it, and the actions with their issues. Nobody had to remember it.",
    },
  ];
}
