/** The rules of B3 that every verdict is tested by, in the order of refusal, one sentence each for who reads the file. */
export const ruleWords: readonly { id: string; says: string }[] = [
  {
    id: "R10",
    says: "People alone set verdicts, and none while it is open whether a strand is more than one failure.",
  },
  { id: "R1", says: "No layer is named as having broken first while another one has no answer." },
  {
    id: "R4",
    says: "“No change” rules a layer out only where its change record is known to be complete.",
  },
  {
    id: "R2",
    says: "A layer is ruled out when all its questions are answered and an item that is not weak clears it.",
  },
  {
    id: "R9",
    says: "Before a layer is named, every question that could point elsewhere is answered, with evidence.",
  },
  { id: "R3", says: "That something changed near the time does not show that it broke." },
  { id: "R8", says: "That a mitigation helped does not show where it broke." },
  {
    id: "R5",
    says: "The evidence sets the confidence: confirmed takes a demonstration both ways, probable a decisive item, suspected two supporting kinds and an approver.",
  },
  { id: "R6", says: "A layer that cannot be determined caps the confidence at probable." },
  { id: "R7", says: "Every layer that contributed has a sentence on what it contributed." },
  {
    id: "R12",
    says: "Neither a person nor “the model hallucinated” is a conclusion.",
  },
];
