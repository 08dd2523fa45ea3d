import { isLayerId, layers } from "#src/domain/layers/index.ts";
import { idInWords } from "#src/domain/links.ts";
import { capacities } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import { inline } from "#src/documents/github-markdown.ts";
import { utcTime } from "#src/documents/times.ts";
import { lowerFirst, nameOf, saidLast } from "#src/documents/words.ts";
import type { Section } from "./section.ts";

/** B11.14, Q4: what nothing will be done about, and who signed it in which capacity. */
export const acceptedRisks: Section = {
  title: "Accepted risks",
  render: ({ state: { risks }, names }) => {
    if (risks.length === 0) return undefined;
    return risks
      .map(({ number, addresses, statement, signedBy, capacity, recordedAt }) => {
        const about = addresses.map((id) => (isLayerId(id) ? layers[id].label : idInWords(id)));
        const as = capacity ? ` with ${lowerFirst(capacities[capacity])} authority` : "";
        return `- **Risk ${number}**, about ${inline(listInWords(about))}: ${saidLast(statement)} Signed by ${nameOf(names, signedBy)}${as} on ${utcTime(recordedAt)}.`;
      })
      .join("\n");
  },
};
