import type { KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import { button, context, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { modalView } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";

/** What the panel has no room for: the form behind it, its name, and when people reach for it. */
const entries = {
  "post-update": ["Write an update", "Tell everybody else where it stands."],
  "set-role": ["Roles", "Claim a role or a layer, or hand it over."],
  "edit-details": ["Details", "Say what users see, which promise is broken, since when."],
  "set-severity": ["Severity", "Say how bad it is, and why."],
  "set-phase": ["Phase", "Say what people are busy with now."],
  "add-note": ["Add a note", "Put into the timeline what happened, at its own time."],
  timeline: ["Timeline", "Read what happened, and put an entry right."],
  "add-strand": ["Add a strand", "A further failure, with a window and a cause of its own."],
  "raise-hypothesis": ["Hypothesis", "Write down what you believe broke first."],
  "no-lever-needed": ["No lever needed", "Say why nothing has to be switched off or restricted."],
  "add-action": [
    "File an action",
    "Say who changes what by which day, and how others can tell that it is done.",
  ],
  "add-factor": ["Add a factor", "Say which condition made it more likely or worse."],
  "add-gap": ["Add a gap", "Say what would have shown it earlier."],
  "add-golden": ["Add a golden", "Make a test of this failure that fails if it comes back."],
  "answer-detection": ["Detection", "Answer why detection did not catch it."],
  "accept-risk": ["Accept a risk", "Sign that nothing will be done about a layer or a gap."],
  "close-incident": ["Close incident", "See what still stands in the way, or end the response."],
  "cancel-incident": ["Cancel incident", "It was declared by mistake."],
  "remove-drill": ["Remove the drill", "Take away its channel, issues and pull request."],
} as const satisfies Record<string, readonly [label: string, why: string]>;

/** Everything else that can be done about an incident, one press further. */
export const moreModal: Pick<Modal<{ state: IncidentState }, never>, "callbackId" | "render"> = {
  callbackId: "more",

  render: ({ state }) => {
    const { incident } = state;
    const hint = encodeHint({ incidentId: incident.id });
    // a drill is taken away, an incident stays
    const notMeant = incident.isDrill ? "cancel-incident" : "remove-drill";
    const shown = Object.entries(entries).filter(([actionId]) => actionId !== notMeant);
    return modalView("more", {
      title: "More",
      blocks: [
        context(incidentLine(incident)),
        ...shown.map(([actionId, [label, why]]): KnownBlock => ({
          ...section(why, `more:${actionId}`),
          accessory: button(actionId, label, hint),
        })),
      ],
    });
  },
};
