/**
 * Goal: a section of the postmortem says what the record holds, names what it does not know, and what was
 * put right later reads as it is right.
 * Method: the record of an incident like S0, changed in one respect, then the sentences that follow.
 */
import { expect, test } from "vitest";
import { renderPostmortem } from "#src/documents/postmortem.ts";
import type { IncidentRecord } from "#src/documents/record.ts";
import type { UserId } from "#src/domain/person.ts";
import { sha256 } from "#src/lib/sha256.ts";
import type { NewTimelineEntry } from "#src/domain/timeline.ts";
import { at, declarer } from "./s0-state.ts";
import { s0Record } from "./s0-record.ts";

const effectId = "3f1c2a9e-0000-4000-8000-000000000003";

function textOf(change: (record: IncidentRecord) => void): string {
  const record = s0Record();
  change(record);
  return renderPostmortem({ ...record, postmortemPath: "postmortems", effectId, sha256 }).text;
}

/** The body of one section. */
function sectionOf(text: string, title: string): string {
  const [, body = ""] = text.split(new RegExp(`^## \\d+\\. ${title}$`, "m"));
  return body.split(/^## /m)[0] ?? "";
}

function tell(record: IncidentRecord, entry: Pick<NewTimelineEntry, "kind" | "data">): number {
  const sequence = record.timeline.length + 1;
  record.timeline.push({
    lane: "impact",
    actor: declarer,
    happenedAt: at("09:40"),
    recordedAt: at("12:00"),
    hash: String(sequence),
    sequence,
    ...entry,
  });
  return sequence;
}

test("a drill says so on top, in its title and in the pull request's", () => {
  const record = s0Record();
  record.state.incident.isDrill = true;
  const { text, title } = renderPostmortem({ ...record, postmortemPath: "p", effectId, sha256 });
  expect(text).toContain("# Drill, incident 1: “The policy assistant");
  expect(text).toContain("**This was a drill.** It was declared to practise");
  expect(title).toMatch(/^Postmortem of drill, incident 1:/);
});

test("a note that was put right reads as it is right; one that was taken out is not there", () => {
  const text = textOf((record) => {
    const kept = tell(record, { kind: "note_added", data: { text: "40 users" } });
    const gone = tell(record, { kind: "note_added", data: { text: "a wrong channel" } });
    tell(record, { kind: "entry_corrected", data: { entry: kept, text: "41 users" } });
    tell(record, { kind: "entry_withdrawn", data: { entry: gone } });
    tell(record, { kind: "link_made", data: { from: "AC1", to: "G1" } });
  });
  const timeline = sectionOf(text, "Timeline");
  expect(timeline).toContain(
    "| 2026-03-09 09:40 | Impact | declarer noted: “41 users”. (corrected later, recorded 2026-03-09 12:00) |",
  );
  expect(timeline).not.toMatch(/40 users|wrong channel|linked/);
});

test("R6: a layer that cannot be told is named as such, with the reason that is recorded", () => {
  const text = textOf(({ state }) => {
    const blocked = state.answers.find(({ layer }) => layer === "infrastructure");
    Object.assign(blocked ?? {}, {
      change: "cannot_tell",
      sentence: "No deploy log before March.",
    });
    const unsure = state.answers.find(({ layer }) => layer === "model");
    Object.assign(unsure ?? {}, { isSourceComplete: false });
  });
  const attribution = sectionOf(text, "Attribution");
  expect(attribution).toContain(
    "- **Infrastructure:** **cannot be told.** Its owner could not tell whether it changed: “No deploy log before March.”",
  );
  expect(attribution).toContain(
    "- **Model:** **cannot be told.** No change is known, and the record of its changes is not complete.",
  );
  expect(sectionOf(text, "Open questions")).toContain("Model and Infrastructure cannot be told");
});

test("R11: what is weak or not verified says so wherever it stands", () => {
  const text = textOf(({ state }) => {
    Object.assign(state.evidence[1] ?? {}, { kind: "E10" });
    Object.assign(state.evidence[4] ?? {}, { kind: "E11" });
  });
  expect(sectionOf(text, "Appendix: evidence")).toContain(
    "| Does not count: a report that nobody has verified |",
  );
  // what does not count speaks for nothing
  expect(sectionOf(text, "Attribution")).not.toContain("- Evidence 2,");
  expect(sectionOf(text, "Appendix: evidence")).toContain("| Weak: a recollection |");
  expect(sectionOf(text, "Open questions")).toContain("Nobody has verified evidence 2;");
});

test("what broke first says how, where somebody said it, and a slice where it holds for one", () => {
  const text = textOf(({ state }) => {
    const named = state.verdicts.find(({ verdict }) => verdict === "proximate");
    Object.assign(named ?? {}, {
      contribution: "The job skipped what it could not parse",
      scope: { region: ["eu-1", "eu-2"] },
    });
  });
  expect(sectionOf(text, "Attribution")).toContain(
    "**Retrieval & data broke first, for region eu-1 or eu-2.** This is **probable**, the middle of three grades. The failure gathers in one group of requests (evidence 4):",
  );
  expect(sectionOf(text, "Attribution")).toContain(
    "How it broke: The job skipped what it could not parse.",
  );
});

test("B5: a lever says whether the harm stopped, who the second authorizer was, and when its condition came", () => {
  const text = textOf(({ state }) => {
    Object.assign(state.levers[0] ?? {}, {
      capacity: "business",
      secondAuthorizer: declarer,
      secondCapacity: "technical",
      secondState: "confirmed",
      secondAnsweredAt: at("10:00"),
      harmSignal: "wrong answers per hour",
      hasHarmMoved: false,
      harmSeenAt: at("11:00"),
      harmSeenBy: declarer,
      conditionMetAt: at("15:00"),
      conditionMetBy: declarer,
      cannotBeUndone: true,
    });
  });
  const section = sectionOf(text, "Stabilization and recovery");
  for (const line of [
    "- **Authorized by:** authorizer (business), confirmed on 2026-03-09 09:52 UTC; recorded by coordinator",
    "- **And by:** declarer (technical), confirmed on 2026-03-09 10:00 UTC",
    "- **It cannot be undone.**",
    "- **Did the harm stop:** “wrong answers per hour” **did not move**, seen by declarer on 2026-03-09 11:00 UTC",
    "(this came on 2026-03-09 15:00 UTC, says declarer)",
  ]) {
    expect(section).toContain(line);
  }
});

test("Q3, B10: a weak action and a provisional one are marked", () => {
  const text = textOf(({ state }) => {
    Object.assign(state.actions[0] ?? {}, { weakRules: ["Q3"], enforcement: null });
    Object.assign(state.actions[1] ?? {}, { isProvisional: true, issueNumber: null });
  });
  const section = sectionOf(text, "Corrective actions");
  expect(section).toContain(
    "- **Weak:** nothing enforces it, so it holds as long as people remember to.",
  );
  expect(section).toContain("(provisional, not filed as an issue)");
  expect(sectionOf(text, "Executive summary")).toContain(
    "; 1 of them is filed as an issue, and 1 is weak.",
  );
});

test("what nothing answers, and a golden of no recorded failure, are said to be open", () => {
  const text = textOf(({ state }) => {
    state.risks = [];
    for (const golden of state.goldens) golden.fromEvidence = null;
    for (const lever of state.levers) lever.hasHarmMoved = null;
    for (const lever of state.levers) lever.harmSignal = "answers by the old rule, per hour";
  });
  expect(sectionOf(text, "Why detection did not catch it")).toContain(
    "**Nothing answers it yet.**",
  );
  const open = sectionOf(text, "Open questions");
  expect(open).toContain("No action and no signed risk answers gap 2.");
  expect(open).toContain("No action answers contributing factor 2.");
  expect(open).toContain("Nobody has said whether lever 1 moved the number that shows the harm.");
  expect(open).toContain("No regression test is made of a recorded failure");
  expect(text).not.toContain("Accepted risks");
});

test("recovery and the end of the response at the same minute are told in one sentence", () => {
  const text = textOf(({ state: { incident } }) => {
    incident.recoveredAt = incident.closedAt;
  });
  expect(sectionOf(text, "Executive summary")).toContain(
    "The response ended, and recovery was reached, on 2026-03-09 16:00 UTC,",
  );
  expect(sectionOf(text, "Executive summary")).not.toContain("Recovery was reached on");
});

test("a mention that somebody typed reads as the name", () => {
  const text = textOf((record) => {
    tell(record, { kind: "note_added", data: { text: "asked <@U0TOOLS> and <@U0NOBODY|x>" } });
  });
  expect(text).toContain("“asked tools-owner and U0NOBODY”");
});

test("what the same person was refused again is counted, another's claim stands by itself", () => {
  const text = textOf((record) => {
    const [first] = record.refusals;
    if (!first) throw new Error("the record lost its refusal");
    record.refusals.push(
      { ...first, recordedAt: at("09:31") },
      { ...first, recordedAt: at("09:32"), actor: "U0OTHER" as UserId },
      { ...first, attempted: "set-verdict", rules: ["R12"], sentence: "Name no person." },
    );
  });
  const section = sectionOf(text, "Attribution");
  expect(section.match(/Model cannot be named yet/g)).toHaveLength(2);
  expect(section).toContain(
    "- 2026-03-09 09:30 UTC, claimed by declarer, 2 times, the last on 2026-03-09 09:31 UTC. Refused: “Model cannot be named yet,",
  );
  expect(section).toContain("- 2026-03-09 09:32 UTC, claimed by U0OTHER. Refused: “Model");
  expect(section).toContain("‘cannot tell’ counts.”");
  expect(section).not.toContain("Name no person");
});

test("R14: an approver is called that of an undetermined close only where it was one", () => {
  const closed = (closedAs: "attributed" | "undetermined") =>
    sectionOf(
      textOf(({ state }) => Object.assign(state.incident, { closedAs, closeApprover: declarer })),
      "At a glance",
    );
  expect(closed("undetermined")).toContain("| Approver | declarer, for closing as undetermined |");
  expect(closed("attributed")).toContain("| Approver | declarer, for closing it |");
});

test("sixty strands do not drown the summary: the first are told, the others counted", () => {
  const text = textOf(({ state }) => {
    const [first] = state.strands;
    if (!first) throw new Error("the record lost its strand");
    state.strands = Array.from({ length: 60 }, (_, index) => ({ ...first, number: index + 1 }));
  });
  const summary = sectionOf(text, "Executive summary");
  expect(summary.match(/\*\*In strand/g)).toHaveLength(8);
  expect(summary).toContain("52 more strands are told under “Attribution”.");
});
