// Goal: R12 refuses a person as cause and a model as conclusion, lets everything else of an incident's
// notes through, and offers words that it would not refuse.
// Method: the shared corpus, sentences that rules were tuned on, and sentences that they were not; misses
// and false alarms are printed. Then properties over texts put together from those sentences.

import fc from "fast-check";
import { expect, test } from "vitest";
import { checkWording } from "#src/domain/wording.ts";
import { figures, readSamples } from "#test/support/samples.ts";

interface Sample {
  text: string;
  label: "person_as_cause" | "model_as_conclusion" | "ok";
}

const corpus = readSamples<Sample>("r12-corpus.jsonl");
const tuned = readSamples<Sample>("r12-unseen.jsonl");
const fresh = readSamples<Sample>("r12-fresh.jsonl");
const rounds = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map((name) => ({
  name,
  samples: readSamples<Sample>(`r12-round-${name}.jsonl`),
}));
const all = [...corpus, ...tuned, ...fresh, ...rounds.flatMap(({ samples }) => samples)];

/** Most of what was found wrong is a person taken for the model or the other way round: no miss. */
function measured(samples: readonly Sample[]) {
  const isFound = ({ text }: Sample): boolean => checkWording(text) !== undefined;
  const faulty = samples.filter(({ label }) => label !== "ok");
  const fine = samples.filter(({ label }) => label === "ok");
  const misses = faulty.filter((one) => !isFound(one)).map(({ text }) => text);
  const falseAlarms = fine.filter(isFound).map(({ text }) => text);
  return { misses, falseAlarms, faulty: faulty.length, fine: fine.length };
}

test("R12: the shared corpus is told apart, and each fault has its kind", () => {
  const found = measured(corpus);
  console.info("R12, shared corpus:", figures(found));
  expect(corpus).toHaveLength(70);
  expect(found).toMatchObject({ misses: [], falseAlarms: [] });
  for (const { text, label } of corpus) expect(checkWording(text)?.kind ?? "ok", text).toBe(label);
});

// Rounds 2 to 9 were each measured once before the rules saw them: misses fell from 48 % to 14 %, false
// alarms were 0 to 6 %. Round 10 was measured last: 4 of 50
// were missed and 1 of 30 refused wrongly, before these five were looked at.
test.each([
  ["sentences the rules were tuned on", tuned],
  ["the last round of sentences", fresh],
])("R12: at most 5 % of %s are missed, at most 5 % refused wrongly", (name, samples) => {
  const found = measured(samples);
  console.info(`R12, ${name}:`, figures(found), found.misses, found.falseAlarms);
  expect(found.misses.length / found.faulty).toBeLessThanOrEqual(0.05);
  expect(found.falseAlarms.length / found.fine).toBeLessThanOrEqual(0.05);
});

// Each round was measured once before the rules were widened by it. Only a was written without having read
// the rules; the others knew them, so their figures at first sight say less about sentences from elsewhere.
// Missed and refused wrongly at first sight: a 9 % and 0 %, b 21 and 0, c 21 and 0, d 30 and 0, e 32 and 6,
// f 12 and 5, g 10 and 5, h 5 and 0. Rounds b to e went for idioms and odd subjects. Round i holds accounts
// of a response, of verbs that the rules had come to blame: 12 of 50 were refused wrongly, 1 of 8 missed.
// Round j came last and changed nothing: 1 of 32 missed, 0 of 18 refused wrongly.
test.each(rounds)(
  "R12: at most 5 % of round $name are missed or refused wrongly",
  ({ name, samples }) => {
    const found = measured(samples);
    console.info(`R12, round ${name}:`, figures(found), found.misses, found.falseAlarms);
    expect(found.misses.length / found.faulty).toBeLessThanOrEqual(0.05);
    expect(found.falseAlarms.length / found.fine).toBeLessThanOrEqual(0.05);
  },
);

test("R12: a person and the model in one sentence become two conditions", () => {
  const text = "The data engineer forgot to rebuild the index and the model hallucinated.";
  expect(checkWording(text)).toEqual({
    kind: "person_as_cause",
    excerpt: text,
    sentence:
      "Write what made this possible, such as a missing check or an unclear setting, and leave out who did it.",
    rewrite:
      "The index was not rebuilt: nothing in the process made sure of it. The output was wrong; why is not established yet.",
  });
});

test.each([
  [
    "Error rate rose to 8 % because Tom pushed the wrong prompt.",
    "Error rate rose to 8 %. The wrong prompt was pushed: nothing in the process or the tools stopped it.",
  ],
  [
    "Index 40 was live.\nTom Miller deleted the table.\nTom joined at 10:00.",
    "Index 40 was live.\nThe table was deleted: nothing in the process or the tools stopped it.\nA colleague joined at 10:00.",
  ],
  [
    "Claude went rogue and dropped the table.",
    "The agent dropped the table; why is not established yet.",
  ],
  [
    "GPT-4 hallucinated the refund policy.",
    "The output was wrong (the refund policy); why is not established yet.",
  ],
  [
    "Root cause: human error.",
    "Something in the process or the tools made this possible; what it was is not recorded yet.",
  ],
])("R12: %j is offered as %j", (text, rewrite) => {
  expect(checkWording(text)?.rewrite).toBe(rewrite);
});

test.each([
  'A user wrote: "the model hallucinated, your engineer broke it. Tom did it."',
  "> the model hallucinated\nTrace 4411 is attached.",
  "Ticket 12 says that the assistant lied to the customer.",
  "The hypothesis that the model got worse was refused at 10:15.",
  "I forgot to attach the trace, here it is.",
])("R12: %j is somebody else's claim, or none", (text) => {
  expect(checkWording(text)).toBeUndefined();
});

test.each([
  'Root cause: "human error".',
  "We ruled out the index and the prompt, so the model hallucinated.",
  "<@U123> broke the router.",
  "Claude from finance uploaded the wrong price list.",
])("R12: %j is the writer's own claim", (text) => {
  expect(checkWording(text)).toBeDefined();
});

test("R12: whatever is refused, its rewrite is not, is short enough and names nobody who was blamed", () => {
  const sentence = fc.constantFrom(...all.map(({ text }) => text));
  const gap = fc.constantFrom(" ", "\n", "\n\n");
  const someText = fc
    .array(fc.tuple(sentence, gap), { minLength: 1, maxLength: 8 })
    .map((parts) =>
      parts.map(([text, space]) => text + (/[.!?]$/.test(text) ? "" : ".") + space).join(""),
    );
  fc.assert(
    fc.property(someText, (text) => {
      const fault = checkWording(text);
      if (!fault) return;
      expect(fault.rewrite.length).toBeLessThanOrEqual(3000);
      expect(checkWording(fault.rewrite), fault.rewrite).toBeUndefined();
      expect(fault.excerpt.length).toBeLessThanOrEqual(200);
    }),
    { numRuns: 150 },
  );
  for (const name of ["Tom", "Priya", "Jordan", "Maria", "Alex"]) {
    const text = `${name} broke the router. The router is in region 2. It was ${name}'s fault.`;
    expect(checkWording(text)?.rewrite).not.toContain(name);
  }
});

test("R12: a text at the limit keeps to it, whatever is rewritten", () => {
  const fine = "The index job skipped documents. ";
  const text = `${fine.repeat(100).slice(0, 2990)} PEBKAC.`.slice(0, 3000);
  const fault = checkWording(text);
  expect(fault?.rewrite.length).toBeLessThanOrEqual(3000);
  expect(fault?.rewrite).not.toContain("PEBKAC");
});

// Generous: this is about growth, not about speed. A regular expression that runs away takes seconds.
test.each([
  "Tom ",
  "the engineer in the team of ",
  '"',
  "'a ",
  "a. ",
  " ",
  "because ",
  "the team and ",
  "e",
])("R12: 3,000 characters of %j are read without running away", (part) => {
  const text = part.repeat(3000 / part.length);
  const start = process.cpuUsage();
  checkWording(text);
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(300);
});
