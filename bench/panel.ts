/**
 * How long does a panel take of an incident that holds as much as one can? One incident with 60 strands, 12
 * levers, 300 items of evidence and 5,000 timeline entries, on the embedded database: what is rendered
 * alone, what is read alone, and both; and what is read before the timeline is there, to see that it
 * costs nothing.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { insertIncident, takeIncidentNumber } from "#src/db/create-incident.ts";
import { startEmbedded } from "#src/db/embedded.ts";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { migrateToLatest } from "#src/db/migrate.ts";
import { type Database, openDatabase } from "#src/db/open.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import { decideDeclare } from "#src/domain/declare.ts";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { NewTimelineEntry } from "#src/domain/timeline.ts";
import { createLog } from "#src/lib/log.ts";
import {
  answer,
  correctiveAction,
  evidenceItem,
  leverUse,
  strand,
  verdict,
} from "#test/support/factories.ts";
import { renderPanel } from "#views/messages/panel.ts";

const entries = 5_000;
const strands = 60;
const levers = 12;
const evidence = 300;
const aim_ms = 10;
const renders = 1_000;
const reads = 200;

/** Runs the benchmark and prints it; fails where a panel takes 10 ms of processor time or more (99th percentile). */
export async function benchPanel(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "faultline-bench-"));
  await chmod(dataDir, 0o755);
  const log = createLog("error");
  const database = await startEmbedded({ dataDir, log });
  try {
    const db = await openDatabase({ url: database.url, log });
    await migrateToLatest(db, log);
    await prepareJobs(database.url, log);
    const incidentId = await fullIncident(db);
    const readBefore = await measure(reads, () => getIncidentState(db, incidentId));
    await fillTimeline(db, incidentId);
    const read = await measure(reads, () => getIncidentState(db, incidentId));
    const both = await measure(reads, async () => render(await getIncidentState(db, incidentId)));
    const state = await getIncidentState(db, incidentId);
    const rendered = await measure(renders, () => render(state));
    const processor = await measure(renders, () => render(state), processorTime_ms);
    await db.destroy();
    console.log(
      `one incident: ${strands} strands, ${levers} levers, ${evidence} items of evidence, ${state.lastSequence} timeline entries`,
    );
    report("rendered", rendered);
    report("rendered, processor time", processor);
    report("read, before its timeline", readBefore);
    report("read", read);
    report("read and rendered", both);
    console.log(`read with its timeline / without ${(read.p50 / readBefore.p50).toFixed(2)}`);
    // on a busy machine other processes stop us in the middle of it, which is not the panel's
    const isMet = processor.p99 < aim_ms;
    console.log(`rendered in under ${aim_ms} ms of processor time (p99): ${isMet ? "yes" : "no"}`);
    if (!isMet) process.exitCode = 1;
  } finally {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function render(state: IncidentState): void {
  renderPanel(state, { botCommand: "/incident", canFileIssues: true, canProposePostmortem: true });
}

interface Times {
  p50: number;
  p99: number;
}

/** What this process has used of the processor, garbage collection included. */
function processorTime_ms(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function measure(
  count: number,
  work: () => unknown,
  time: () => number = () => performance.now(),
): Promise<Times> {
  // the first ones warm up, and do not count
  for (let nth = 0; nth < Math.min(count, 200); nth += 1) await work();
  const took: number[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const startedAt = time();
    await work();
    took.push(time() - startedAt);
  }
  took.sort((a, b) => a - b);
  const at = (part: number) => took[Math.min(Math.floor(count * part), count - 1)]!;
  return { p50: at(0.5), p99: at(0.99) };
}

function report(name: string, { p50, p99 }: Times): void {
  const ms = (value: number) => value.toFixed(2).padStart(8);
  console.log(`    ${name.padEnd(30)} p50 ${ms(p50)} ms   p99 ${ms(p99)} ms`);
}

/** An incident that holds as much as one can but its timeline; its row id. */
async function fullIncident(db: Database): Promise<IncidentId> {
  const now = new Date();
  const userId = "U0DECLARER" as UserId;
  const teamId = "T0TEAM" as TeamId;
  return db.transaction().execute(async (trx) => {
    const { incidentId, number } = await takeIncidentNumber(trx, teamId);
    const { incident, strand: first } = decideDeclare(
      {
        title: "Assistant answers by the old travel rule",
        severity: "SEV2",
        isSeverityUnsure: false,
        serviceName: null,
        userImpact: "The answer follows the rule that was replaced on 1 March.",
        incidentClass: "correctness",
        onsetAt: null,
        noticedAt: null,
        noticedHow: null,
        isDrill: false,
      },
      { userId, now },
      { incidentId, number, teamId, owners: [], serviceName: null },
    );
    await insertIncident(trx, { ...incident, channelId: "C0INCIDENT" }, [], first);
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
    const changes = {
      strands: numbers(strands).map((nth) => strand({ number: nth, name: `failure ${nth}` })),
      answers: layerIds.map((layer) => answer(layer)),
      evidence: numbers(evidence).map((nth) =>
        evidenceItem({ number: nth, strandNumbers: [(nth % strands) + 1] }),
      ),
      verdicts: numbers(strands).flatMap((strandNumber) =>
        layerIds.map((layer) => verdict(layer, { strandNumber })),
      ),
      levers: numbers(levers).map((nth) => leverUse({ number: nth })),
      actions: numbers(levers).map((nth) => correctiveAction({ number: nth })),
    };
    await saveDecision(trx, { incidentId, changes, timeline: [], effects: [], now });
    return incidentId;
  });
}

async function fillTimeline(db: Database, incidentId: IncidentId): Promise<void> {
  const now = new Date();
  const batch = 500;
  for (let written = 0; written < entries; written += batch) {
    const timeline = Array.from({ length: batch }, (_, index): NewTimelineEntry => ({
      lane: "diagnosis",
      kind: "note_added",
      happenedAt: now,
      actor: "U0DECLARER" as UserId,
      data: { text: `Note ${written + index}: 36 of 40 answers follow the old rule.` },
    }));
    await db
      .transaction()
      .execute((trx) => saveDecision(trx, { incidentId, changes: {}, timeline, effects: [], now }));
  }
}
