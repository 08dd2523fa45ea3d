// Goal: a trace in a file is one line in the channel, hop by hop for who takes part, and somebody's word on
// where it first went wrong; what was said in it reaches nobody unasked.
// Method: the whole app over signed HTTP; a run of an agent is uploaded to the sandbox and put into the form.

import { beforeAll, expect, test } from "vitest";
import { agentFile, agentTraceId, agentWords } from "#test/support/agent-trace.ts";
import { testBot } from "#test/support/bot.ts";
import { type DeclaredIncident, deskOf, type FormValues, said, shown } from "./desk.ts";
import { figuresDesk } from "./figures-desk.ts";

const bot = await testBot("http");
const { control } = bot;
const desk = deskOf(bot);
let open: DeclaredIncident;
const { submitKind, evidenceOf } = figuresDesk(bot, desk, () => open);
beforeAll(async () => {
  open = await desk.declare("declarer", { title: "The agent rebooks the wrong trip" });
});

async function put(values: FormValues) {
  const { fileId } = await control.upload({
    userId: desk.id("declarer"),
    file: { name: "trace.json", mimetype: "application/json", content: agentFile() },
  });
  const sent = await submitKind("E3", { file: [fileId], ...values });
  await desk.settle();
  return sent;
}

const line = async (number: number) => {
  const message = await desk.message(open.channelId, `evidence:EV${number}`);
  return { message, text: shown(message) };
};

test("the request is one line in the channel, and hop by hop for who takes part", async () => {
  expect(said(await put({}))).toContain("I am reading trace.json.");
  const { message, text } = await line(1);
  expect(text).toContain(`Trace ${agentTraceId} of assistant, 9 hops over`);
  expect(text).toContain("Nobody has said yet where it first went wrong.");
  expect(text).not.toContain("Oduya");
  const { view } = await desk.press("declarer", message, "trace-exhibit");
  const seen = shown(view!);
  expect(seen).toContain("7. execute_tool search_flights");
  expect(seen).toContain("Versions: data source idx-2026-10-30");
  expect(seen).toContain("Hop 7 of 9 failed: execute_tool search_flights (Orchestration & tools).");
  expect(seen).not.toContain("Oduya");
});

test("what somebody names as the first wrong hop stands in the channel and in the timeline, and no verdict with it", async () => {
  const saved = await desk.submit("declarer", { first_wrong: "3" });
  expect(saved.fieldErrors).toBeUndefined();
  await desk.settle();
  const { text } = await line(1);
  expect(text).toContain("It first went wrong at hop 3, retrieve policy (Retrieval & data), says");
  const timeline = await desk.open("declarer", "timeline", open.channelId);
  expect(shown(timeline)).toContain(
    "said where the request of evidence 1 first went wrong: hop 3, “retrieve policy”, Retrieval & data.",
  );
  expect((await evidenceOf(1))?.supports).toEqual([]);
});

test("somebody outside the incident is told to join, and sees no hop", async () => {
  const { message } = await line(1);
  const told = await desk.pressAndHear("approver", message, "trace-exhibit");
  expect(told).toContain("first, then try again.");
  expect(told).not.toContain("retrieve policy");
});

test("kept text is read at its hop, and stands nowhere else", async () => {
  await put({ keep_text: ["keep"] });
  const { message, text } = await line(2);
  expect(text).toContain("Text kept, for the members of this incident alone.");
  expect(text).not.toContain(agentWords.answer);
  await desk.press("declarer", message, "trace-exhibit");
  const { view } = await desk.actInForm("declarer", "trace-text", { blockId: "hop:1" });
  expect(shown(view!)).toContain(agentWords.question);
  expect(JSON.stringify((await control.state()).messages)).not.toContain(agentWords.answer);
});
