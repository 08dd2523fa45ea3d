// Goal: a file with a trace becomes evidence of who gave it, without a word of its text unless they asked
// for it; what cannot be read is told to them.
// Method: the handler on a real PostgreSQL, against a Slack in memory that holds the file.

import { beforeAll, expect, test } from "vitest";
import { addChannelMember } from "#src/db/channel-members.ts";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { savePeople } from "#src/db/people.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { personOf as factsOf } from "#src/jobs/look-up-person.ts";
import { createLog } from "#src/lib/log.ts";
import { agentFile, agentTraceId, agentWords } from "#test/support/agent-trace.ts";
import { testDatabase } from "#test/support/database.ts";
import { handling, personOf } from "./handling.ts";
import { OutsideSlack } from "./outside.ts";
import { ada, incidentIn, team, write } from "./support.ts";

const { db, url } = await testDatabase();
const { drain } = handling(db);

beforeAll(async () => {
  await prepareJobs(url, createLog("silent"));
  await savePeople(db, team, [factsOf(personOf(ada, "ada"), team)]);
});

/** What came of the file: the evidence, and what was posted. */
async function readingOf(
  text: string | null,
  more: Record<string, string | string[]> = {},
  size = 100,
) {
  const incidentId: IncidentId = await incidentIn(db);
  await addChannelMember(db, incidentId, ada);
  const effect: Effect = {
    name: "read-figures",
    incidentId,
    userId: ada,
    file: { id: "F1", name: "trace.json" },
    values: { kind: "E3", what: "the first report", author: ada, ...more },
  };
  await write(db, effect);
  const slack = new OutsideSlack();
  slack.filesIn.set("F1", { userId: ada, size, text });
  await drain(slack);
  const { evidence } = await getIncidentState(db, incidentId);
  const unread = slack.posts.filter(({ blocks }) =>
    blocks.some((block) => block.block_id === "file-unread"),
  );
  return { evidence, unread, posted: JSON.stringify(slack.posts) };
}

test("the request is recorded hop by hop, and neither the record nor the channel has a word of it", async () => {
  const { evidence, posted, unread } = await readingOf(agentFile());
  expect(unread).toEqual([]);
  expect(evidence).toHaveLength(1);
  expect(evidence[0]).toMatchObject({
    kind: "E3",
    recorder: ada,
    data: { trace: { traceId: agentTraceId, text: "left_out", hops: { length: 9 } } },
  });
  expect(posted).toContain(`Trace ${agentTraceId} of assistant, 9 hops over`);
  for (const words of Object.values(agentWords)) {
    expect(JSON.stringify(evidence)).not.toContain(words.slice(0, 20));
    expect(posted).not.toContain(words.slice(0, 20));
  }
});

test("with the tick the text is kept for the members and still not posted; a secret in the link is masked and counted", async () => {
  const { evidence, posted } = await readingOf(agentFile(), {
    keep_text: ["keep"],
    trace: agentTraceId.slice(0, 12),
    link: "https://traces.example.com/t?access_token=9f8e7d6c5b4a39281706&x=1",
  });
  const { trace } = evidence[0]!.data;
  expect(trace).toMatchObject({ text: "kept", maskedSecrets: 1 });
  expect(JSON.stringify(trace)).toContain(agentWords.answer);
  expect(posted).not.toContain(agentWords.answer);
  expect(evidence[0]!.link).toBe("https://traces.example.com/t?access_token=secret&x=1");
  expect(posted).toContain("1 secret was masked.");
});

test.each([
  [
    "no trace",
    "arm,role,n,fails\nbaseline,baseline,20,9\n",
    {},
    100,
    /no trace in it that I can read/,
  ],
  [
    "another trace than was asked for",
    agentFile(),
    { trace: "ffff" },
    100,
    /does not hold this trace/,
  ],
  ["too large", null, {}, 5_000_001, /It is larger than 5 MB\. Export the one request alone\./],
])(
  "of a file that is %s who gave it is told, and nothing is recorded",
  async (_, text, more, size, says) => {
    const { evidence, unread } = await readingOf(text, more, size);
    expect(evidence).toEqual([]);
    expect(unread).toHaveLength(1);
    expect(unread[0]!.text).toMatch(says);
  },
);
