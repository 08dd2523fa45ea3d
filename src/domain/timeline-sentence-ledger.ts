import { layerIds } from "./layers/index.ts";
import type { TimelineKind } from "./timeline.ts";
import {
  type EntryReader,
  said,
  saidLast,
  value,
  type Word,
  type Words,
  words,
} from "./timeline-words.ts";
import { layersInWords } from "./words.ts";

type LedgerKind = Extract<
  TimelineKind,
  "change_found" | "change_declared" | "change_withdrawn" | "scan_widened" | "source_marked"
>;

/** What is said of changes that the ledger holds, and of what people did with it. */
export const ledgerSentences: Record<LedgerKind, (entry: EntryReader) => Words> = {
  change_found: (e) => {
    if (!e.isTrue("isDeclared")) {
      return words`${e.layer("layer")} changed, and nobody declared it: ${said(e.text("summary"))}, seen in telemetry alone.`;
    }
    return words`${e.layer("layer")} changed: ${linked(e)}${seenAs(e)}${declaredBy(e)}`;
  },
  change_declared: (e) =>
    words`The change of ${e.layer("layer")} that was seen in telemetry has been declared since: ${saidLast(e.text("summary"))}`,
  change_withdrawn: (e) =>
    words`What was listed as a change of ${e.layer("layer")} is none, as later data shows: ${saidLast(e.text("summary"))}`,
  scan_widened: (e) => {
    const basis = e.text("basis");
    return words`${e.actor} widened the search for changes to when it last worked, ${e.time("from")}${basis ? words`: ${saidLast(basis)}` : "."}`;
  },
  source_marked: (e) => {
    const marked = layerIds.filter((id) => e.list("layers").includes(id));
    return words`${markedBy(e)} marked the change record of ${layersInWords(marked)} as complete for the window. It is kept in: ${saidLast(e.text("source"))}`;
  },
};

/** Who made the mark: a machine, or a person of another incident, where the ledger brought it. */
function markedBy(e: EntryReader): Words {
  return e.text("markedBy") === "" ? words`${e.actor}` : words`${whoever(e, "markedBy")}`;
}

function linked(e: EntryReader): Words {
  const url = e.text("link");
  if (url === "") return words`${said(e.text("summary"))}`;
  return words`${said(e.text("summary"))} (${{ kind: "link", url, label: "link" }})`;
}

/** ", seen as a → b": where a pin of the change was seen in telemetry. */
function seenAs(e: EntryReader): Words {
  const to = e.text("to");
  if (to === "") return [];
  const from = e.list("from");
  return words`, seen as ${value(from.length > 0 ? `${from.join(", ")} → ${to}` : to)}`;
}

function declaredBy(e: EntryReader): Words {
  const who = e.text("declaredBy");
  if (who === "") return words`.`;
  return words`, declared by ${whoever(e, "declaredBy")}.`;
}

/** A person by their Slack id, a machine or somebody elsewhere by the word that was sent. */
function whoever(e: EntryReader, key: string): Word {
  return /^[UW][A-Z0-9]{5,}$/.test(e.text(key)) ? e.person(key) : value(e.text(key));
}
