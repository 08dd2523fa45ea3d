import type { Pattern } from "./pattern.ts";

/** B4: an irreversible action by an agent. What it says of itself is weak evidence (B3). */
export const destructiveAction: Pattern = {
  label: "Destructive agent action",
  looksLike:
    "An agent deleted, overwrote, sent or paid something that cannot be taken back, or nearly did. What the agent says about it is no evidence.",
  signs: {
    words:
      /\b(?:delet(?:e[sd]?|ing|ion)|drop(?:s|ped) (?:the |a |our )?(?:\w+ )?(?:tables?|databases?|schemas?|collections?)|wip(?:e[sd]|ing)|overwr(?:ote|ites|itten)|destroy\w*|destructive|irreversibl[ey]|force[- ]push\w*|agent (?:ran|executed|removed|sent|paid|changed))\b/i,
    levers: ["revoke_write_permission"],
  },
  questions: [
    {
      question: "What was done, by which call, with which parameters?",
      layer: "orchestration_tools",
      evidence: "E3",
      look: "Read the calls in the action log, not the agent's account of them.",
    },
    {
      question: "Which permission made it possible?",
      layer: "orchestration_tools",
      evidence: "E1",
      look: "Look at what the agent's credentials may do, there and then, and since when.",
    },
    {
      question: "Can it be restored? Try it, whoever says that it cannot.",
      layer: "infrastructure",
      evidence: "E9",
      look: "Restore a backup elsewhere, and compare it with what was there.",
    },
    {
      question: "Was the rule against it in the context, and read?",
      layer: "prompt_policy",
      evidence: "E3",
      look: "Look for the instruction in the assembled prompt of that very step.",
    },
    {
      question: "Was anybody asked to confirm, and did they see what they confirmed?",
      layer: "integration_ui",
      evidence: "E3",
      look: "Look at the confirm dialog as it was shown, or that there was none.",
    },
    {
      question: "Were test and production told apart by more than a name?",
      layer: "infrastructure",
      evidence: "E1",
      look: "Compare the addresses and credentials that the agent had of each.",
    },
  ],
  lever: "revoke_write_permission",
  leverWhy: "Without write permission it cannot happen again while you look.",
};
