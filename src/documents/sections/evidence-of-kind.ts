import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { inline } from "#src/documents/github-markdown.ts";
import { saidLast, sentence } from "#src/documents/words.ts";
import type { IncidentRecord } from "#src/documents/record.ts";
import { listInWords } from "#src/domain/words.ts";
import { evidenceList } from "./evidence-line.ts";
import type { Section } from "./section.ts";

/** B11.5: what was compared between the time of the incident and before, and which changes were found. */
export const versions: Section = {
  title: "Version state of each layer",
  render: (record) => {
    const items = ofKinds(record, "E1", "E2");
    return items.length > 0
      ? `What was compared with the time before, and which changes were found:\n\n${evidenceList(items)}`
      : undefined;
  },
};

/** B11.6: requests that were recorded from end to end. */
export const causalChain: Section = {
  title: "Causal chain of one request",
  render: (record) => {
    const items = ofKinds(record, "E3");
    return items.length > 0
      ? `A request that was recorded from what the user asked to what was shown:\n\n${evidenceList(items)}`
      : undefined;
  },
};

/** B11.7, Q6: what brought the failure about again, and the tests that are made of it. */
export const reproduction: Section = {
  title: "Reproduction",
  render: (record) => {
    const items = ofKinds(record, "E4", "E6", "E7");
    const goldens = goldenParts(record);
    if (items.length === 0 && goldens === undefined) return undefined;
    return [
      items.length > 0
        ? `These brought the failure about again, or measured it:\n\n${evidenceList(items)}`
        : "No replay, evaluation or reproducer of the failure is recorded.",
      ...(goldens ? ["### Regression tests", goldens] : []),
    ].join("\n\n");
  },
};

function goldenParts({ state: { goldens, strands } }: IncidentRecord): string | undefined {
  if (goldens.length === 0) return undefined;
  const counted = goldens.filter(({ fromEvidence }) => fromEvidence !== null).length;
  const lines = goldens.map(({ number, fromEvidence, strandNumbers, ...golden }) =>
    [
      `- **Golden ${number}:** ${saidLast(golden.input)} It passes when: ${sentence(golden.passWhen)}`,
      ...(golden.preconditions ? [`Before it runs: ${sentence(golden.preconditions)}`] : []),
      fromEvidence === null
        ? "**It does not count as the regression test:** it is made of no recorded failure."
        : `It reproduces evidence ${fromEvidence}.`,
      ...(strands.length > 1
        ? [
            `For ${strandNumbers.length === 1 ? "strand" : "strands"} ${inline(listInWords(strandNumbers.map(String)))}.`,
          ]
        : []),
    ].join(" "),
  );
  return `A golden is a test that fails where this failure comes back. ${counted} of ${goldens.length} ${counted === 1 ? "is" : "are"} made of a recorded failure of this incident.\n\n${lines.join("\n")}`;
}

function ofKinds({ state }: IncidentRecord, ...kinds: EvidenceKind[]) {
  return state.evidence.filter(({ kind }) => kinds.includes(kind));
}
