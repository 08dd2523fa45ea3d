// Goal: an incident that comes back is found, however it is worded this time, and one that only sounds
// like an incident in an AI product is not (R13).
// Method: a real PostgreSQL; pairs of incidents of the public scenarios and of paraphrases, each in a team
// of its own; the limits of src/domain/recurrence.ts are measured here.

import { expect, test } from "vitest";
import { savePeople } from "#src/db/people.ts";
import { lockIncident } from "#src/db/incidents.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import { listTextPairs } from "#src/db/similar-incidents.ts";
import type { Changes } from "#src/domain/decision.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { TeamId } from "#src/domain/person.ts";
import { findMatches, type SimilarReason } from "#src/domain/recurrence.ts";
import { declareIncident } from "#src/usecases/declare-incident.ts";
import { testDatabase } from "#test/support/database.ts";
import { verdict } from "#test/support/factories.ts";
import { contextOf, declareInput, declarer } from "#test/usecases/support.ts";

const { db } = await testDatabase();
const now = new Date("2026-03-09T10:00:00Z");

/** What an incident is known by. */
interface Told {
  title: string;
  impact?: string;
  layer?: LayerId;
  /** What that layer contributed. */
  mechanism?: string;
  golden?: string;
  isDrill?: boolean;
  changes?: Changes;
}

let teams = 0;
async function team(): Promise<TeamId> {
  teams += 1;
  const teamId = `TTEAM${teams}` as TeamId;
  await savePeople(db, teamId, [
    { userId: declarer, displayName: "ada", isGuest: false, isDeactivated: false, isBot: false },
  ]);
  return teamId;
}

async function tell(teamId: TeamId, told: Told): Promise<IncidentId> {
  const { title, impact = null, layer, mechanism = null, golden, isDrill = false } = told;
  const declared = await declareIncident(
    contextOf(db, { actor: { teamId, userId: declarer } }),
    declareInput({ title, userImpact: impact, isDrill }),
  );
  const incidentId = declared.ok ? declared.value.incidentId : null;
  if (incidentId === null) throw new Error("not declared");
  await change(incidentId, {
    ...(layer
      ? { verdicts: [verdict(layer, { verdict: "proximate", contribution: mechanism })] }
      : {}),
    ...(golden
      ? {
          goldens: [
            {
              number: 1,
              strandNumbers: [1],
              fromEvidence: null,
              preconditions: null,
              input: golden,
              passWhen: "it follows the rule in force",
              recorder: declarer,
              recordedAt: now,
            },
          ],
        }
      : {}),
    ...told.changes,
  });
  return incidentId;
}

async function change(incidentId: IncidentId, changes: Changes): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockIncident(trx, incidentId);
    await saveDecision(trx, { incidentId, changes, timeline: [], effects: [], now });
  });
}

/** The reasons for which the later incident finds the earlier one, in a team that has these two. */
async function reasonsOf(earlier: Told, later: Told): Promise<SimilarReason[]> {
  const teamId = await team();
  const earlierId = await tell(teamId, earlier);
  const matches = findMatches(await listTextPairs(db, await tell(teamId, later)));
  expect(matches.every(({ otherId }) => otherId === earlierId)).toBe(true);
  return matches[0]?.reasons ?? [];
}

const staleIndex: Told = {
  title: "Assistant cites the old travel reimbursement rule",
  impact: "the answer is fluent, cited, and follows the rule that was replaced on 1 March",
  layer: "retrieval_data",
  mechanism:
    "the nightly index job skipped documents whose new metadata field it did not know; the old version stayed in the index",
  golden: "What is the mileage rate for a private car?",
};
const routing: Told = {
  title: "Degraded responses, then more degraded ones in the same session",
  impact: "Sticky routing: some users get degraded answers again and again",
  layer: "infrastructure",
  mechanism:
    "short requests were routed to servers configured for the 1M context window; a load balancing change raised the share",
};
const corruption: Told = {
  title: "Thai or Chinese characters in English answers",
  impact: "obvious syntax errors in code",
  layer: "infrastructure",
  mechanism:
    "a misconfigured runtime performance optimization on TPU servers gave high probability to tokens that should be rare",
};
const history: Told = {
  title: "Coding agent forgetful, repetitive, odd tool choices",
  impact: "cache misses, faster drain of limits",
  layer: "orchestration_tools",
  mechanism:
    "after a session was idle for more than an hour, every later turn kept only the last reasoning block",
};
const verbosity: Told = {
  title: "Short answers, lower coding quality",
  layer: "prompt_policy",
  mechanism:
    "a length limit in the system prompt, 25 words between tool calls, in combination with other prompt changes",
};
const sycophancy: Told = {
  title: "GPT-4o update overly agreeable",
  impact: "flattering answers that validate doubts, anger and impulsive plans",
  layer: "model",
  mechanism:
    "several changes, each looking good alone, together weakened the primary reward signal",
};

const same: [what: string, earlier: Told, later: Told, reason: SimilarReason][] = [
  ["the same words", staleIndex, { title: staleIndex.title }, "layer_and_symptom"],
  [
    "other words for the same failure",
    staleIndex,
    { title: "Assistant quotes an outdated travel reimbursement rule" },
    "layer_and_symptom",
  ],
  [
    "a short report",
    staleIndex,
    { title: "Old reimbursement rule cited again" },
    "layer_and_symptom",
  ],
  [
    "a typing error",
    staleIndex,
    { title: "Asistant cites the old travel reimbursment rule" },
    "layer_and_symptom",
  ],
  [
    "the impact names it, the title does not",
    staleIndex,
    { title: "Complaints about travel", impact: "answers follow the old reimbursement rule" },
    "layer_and_symptom",
  ],
  [
    "characters of another script",
    corruption,
    { title: "Chinese characters show up in English answers" },
    "layer_and_symptom",
  ],
  [
    "a forgetful agent",
    history,
    { title: "Agent is forgetful and repetitive, makes odd tool choices after a break" },
    "layer_and_symptom",
  ],
  [
    "flattery",
    sycophancy,
    { title: "New update is overly agreeable again", impact: "it validates impulsive plans" },
    "layer_and_symptom",
  ],
  [
    "the same mechanism, another symptom",
    staleIndex,
    {
      title: "Holiday calendar of last year shown",
      layer: "retrieval_data",
      mechanism: "the index job skipped documents with a metadata field it did not know",
    },
    "mechanism",
  ],
  [
    "the same mechanism in infrastructure",
    routing,
    {
      title: "Slow and poor completions in one region",
      layer: "infrastructure",
      mechanism:
        "requests were routed to servers of the 1M context window after a load balancing change",
    },
    "mechanism",
  ],
  [
    "the declaration names the mechanism",
    staleIndex,
    { title: "Nightly index job skipped documents, old version stayed in the index" },
    "mechanism",
  ],
  [
    "its golden is quoted",
    staleIndex,
    {
      title: "Golden run fails",
      impact: "“What is the mileage rate for a private car?” gets no right answer",
    },
    "golden",
  ],
  [
    "the same golden was made of it",
    staleIndex,
    { title: "Wrong amounts", golden: "What is the mileage rate for a private car" },
    "golden",
  ],
  [
    "another language, nearly the same words",
    { title: "Assistent zitiert die alte Reisekostenrichtlinie" },
    { title: "Der Assistent zitiert wieder die alte Reisekostenrichtlinie" },
    "layer_and_symptom",
  ],
  [
    "another language, other endings",
    { title: "Falsche Kilometerpauschale in Antworten" },
    { title: "Falsche Kilometerpauschalen in der Antwort" },
    "layer_and_symptom",
  ],
  [
    "what tells something among words that every report has",
    { title: "Mileage rate outdated" },
    {
      title:
        "Customers say since today the chatbot gives users wrong answers, broken responses: mileage rate",
    },
    "layer_and_symptom",
  ],
];

test.each(same)("R13: %s is found", async (_what, earlier, later, reason) => {
  expect((await reasonsOf(earlier, later))[0]).toBe(reason);
});

const other: [what: string, earlier: Told, later: Told][] = [
  ["only common words", staleIndex, { title: "Assistant gives wrong answers to users" }],
  ["another rule", staleIndex, { title: "Assistant cites the wrong refund amount" }],
  [
    "the same symptom, another layer broke first",
    staleIndex,
    { title: staleIndex.title, layer: "prompt_policy" },
  ],
  ["routing beside corruption, one layer", routing, { ...corruption }],
  ["corruption beside routing, one layer", corruption, { ...routing }],
  ["history beside verbosity", history, { ...verbosity }],
  ["verbosity beside history", verbosity, { ...history }],
  ["flattery beside a stale index", sycophancy, { ...staleIndex }],
  [
    "a coding agent beside another of its failures",
    history,
    { ...verbosity, layer: history.layer! },
  ],
  ["latency", routing, { title: "Responses are slow since this morning" }],
  ["refusals", staleIndex, { title: "Assistant refuses to answer tax questions" }],
  [
    "one word that tells something, in short titles",
    { title: "Refusals rise" },
    { title: "Refusals in tax answers" },
  ],
  ["one word in common", staleIndex, { title: "Travel booking tool times out" }],
  [
    "a short golden in a long text",
    { ...staleIndex, golden: "Hello" },
    { title: "Greeting is odd", impact: "it says hello twice" },
  ],
  ["nothing but a title of one common word", { title: "Wrong answers" }, { title: "Bad answers" }],
  [
    "the same layer, another mechanism",
    staleIndex,
    {
      title: "Holiday calendar of last year shown",
      layer: "retrieval_data",
      mechanism: "the filter for the permission group dropped every document of this year",
    },
  ],
];

test.each(other)("R13: %s is not", async (_what, earlier, later) => {
  expect(await reasonsOf(earlier, later)).toEqual([]);
});

test("R13: nobody learns of a private incident; cancelled ones, drills and removed drills are not shown", async () => {
  const hidden: Changes[] = [
    { incident: { isPrivate: true } },
    { incident: { status: "cancelled" } },
    { incident: { hiddenAt: now } },
  ];
  for (const changes of hidden) {
    expect(await reasonsOf({ ...staleIndex, changes }, { title: staleIndex.title })).toEqual([]);
  }
  const drill = { ...staleIndex, isDrill: true };
  expect(await reasonsOf(drill, { title: staleIndex.title })).toEqual([]);
  expect(await reasonsOf(drill, { title: staleIndex.title, isDrill: true })).not.toEqual([]);
});

test("R13: incidents of another team are not searched", async () => {
  await tell(await team(), staleIndex);
  const alone = await tell(await team(), { title: staleIndex.title });
  expect(await listTextPairs(db, alone)).toEqual([]);
});

test("R13: a pair that was shown in one channel is not shown in the other", async () => {
  const teamId = await team();
  const [first, second] = [await tell(teamId, staleIndex), await tell(teamId, staleIndex)];
  await change(second, {
    similarIncidents: [
      {
        otherId: first,
        reasons: ["mechanism"],
        state: "dismissed",
        foundAt: now,
        decidedBy: declarer,
        decidedAt: now,
      },
    ],
  });
  expect(await listTextPairs(db, first)).toEqual([]);
  expect(findMatches(await listTextPairs(db, second))).toMatchObject([{ otherId: first }]);
});

test("R13: quotes, operators and backslashes in a title are words, and break no search", async () => {
  const title = "\\ ' | & ! <-> :* “it's” \\'; drop table incident; -- O'Brien's rule cited";
  expect(await reasonsOf({ title }, { title })).toEqual(["layer_and_symptom"]);
});

test("R13: of many incidents the alike ones are found", async () => {
  const teamId = await team();
  const earlier = await tell(teamId, staleIndex);
  for (let count = 0; count < 60; count += 1) {
    await tell(teamId, { title: `Assistant answers the question ${count} with a wrong rule` });
  }
  const later = await tell(teamId, { title: "Old travel reimbursement rule cited again" });
  expect(findMatches(await listTextPairs(db, later))[0]?.otherId).toBe(earlier);
});
