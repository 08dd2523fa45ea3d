// Goal: people run the whole of S0 at the page, with mouse and keyboard, and everybody sees what they
// should: the bot's answers and refusals in words, the panel, who is asked, GitHub's side.
// Method: `npm run sandbox` in a process of its own, three tabs in one browser: the declarer's, the
// coordinator's, and one that acts as the others in turn. Every step of the scenario that the bot can
// take is done by hand; things are found by their names alone.
import { afterAll, beforeEach, expect, test } from "vitest";
import { worldOf } from "#sandbox/play/world.ts";
import { pathOfScenario, readScenario } from "#sandbox/scenario.ts";
import { closeAll, panelSays, type Person } from "./browser-person.ts";
import { declareByKeyboard, hasFocus, recordEvidenceByKeyboard } from "./keyboard.ts";
import { launchSandbox } from "./launcher.ts";
import { deedsOf } from "./s0-deeds.ts";
import { openTabs } from "./tabs.ts";

const read = await readScenario(await pathOfScenario("s0"));
const scenario = read.ok ? read.value : expect.fail(read.error.join("\n"));
const sandbox = await launchSandbox();
const tabs = await openTabs(sandbox.url, worldOf(scenario));
const deeds = deedsOf(scenario);
const channel = "#inc-1-";
const lever = "Restrict triggering for a topic or cohort";

let declarer: Person;
let coordinator: Person;
/** Acts as one owner after the other. */
let other: Person;

/** Steps of the scenario that were done here. */
const done: number[] = [];
let isBroken = false;
beforeEach(({ skip, onTestFailed }) => {
  if (isBroken) skip("a step before it failed");
  onTestFailed(() => {
    isBroken = true;
  });
});
afterAll(async () => {
  expect(await sandbox.interrupt(), "its exit status after Ctrl-C").toBe(0);
});

/** What stands on top of a form that was refused. */
const refusedWith = async (form: { dialog: Person["messageBox"] }, words: string) => {
  await form.dialog.getByText(words).waitFor();
};

test("the page is there at once, and greets whoever comes first with the tour", async () => {
  expect(sandbox.pageMs).toBeLessThan(10_000);
  const first = await tabs.visit(sandbox.url);
  await first.getByRole("heading", { name: "An incident in five steps" }).waitFor();
  await first.getByText("You act as @declarer. Choose somebody else").waitFor();
  expect(await first.title()).toBe("#general · @declarer · Faultline sandbox");
  await first.context().close();
  await sandbox.untilSaid("the bot is ready");
  declarer = await tabs.open("declarer");
  coordinator = await tabs.open("coordinator");
  other = await tabs.open("owner_model");
});

test("1: the incident is declared by keyboard alone, and who is concerned hears of it", async () => {
  const receipt = await declareByKeyboard(declarer, scenario);
  await receipt.dialog.getByText("Declared incident 1. Its channel #inc-1-").waitFor();
  await declarer.page.keyboard.press("Escape");
  await receipt.isGone();
  await hasFocus(declarer, declarer.messageBox);

  // the owner of two layers is asked, and comes into the channel
  await other.page.getByRole("link", { name: "faultline 1 unread, one names you" }).waitFor();
  await other.page.getByRole("link", { name: "#incidents 1 unread", exact: true }).waitFor();
  expect(await other.page.title()).toMatch(/^\(\d+\) #general/);
  await other.goTo("#incidents");
  await other.sees(scenario.title);
  await other.page.getByRole("link", { name: "#incidents", exact: true }).waitFor();
  await other.goTo("faultline");
  await other.sees("Please answer");
  // who owns nothing and leads nothing is not asked, and can look at the channel all the same
  await coordinator.page.getByRole("link", { name: "#incidents 1 unread", exact: true }).waitFor();
  expect(await coordinator.entry("faultline").count()).toBe(0);
  expect(await coordinator.entry(channel).count()).toBe(0);

  await declarer.goTo(channel);
  await panelSays(declarer, "0 of 6 layers answered");
  await declarer.sees("Please answer for your layer.");
  done.push(1);
});

test("2: roles are handed over; the answer is for the one who typed, the news for everybody", async () => {
  await other.goTo(channel);
  await declarer.messageBox.pressSequentially("/incident role coordinator @coord");
  const offered = declarer.page.getByRole("listbox", { name: "People" });
  await offered.getByRole("option", { name: "@coordinator" }).waitFor();
  // the first Enter takes what is offered, the second sends
  await declarer.messageBox.press("Enter");
  await declarer.messageBox.press("Enter");
  const answer = await declarer.sees("Handed over: they are coordinator now");
  await answer.getByText("Only visible to you").waitFor();
  await declarer.send("/incident role postmortem_driver @coordinator ");
  await declarer.sees("Handed over: they are postmortem driver now");

  await other.sees("@declarer handed the role of coordinator over to @coordinator.");
  await other.sees("@declarer handed the role of postmortem driver over to @coordinator.");
  expect(await other.message("Handed over").count()).toBe(0);
  await panelSays(declarer, "@coordinator leads");
  await coordinator.goTo("faultline");
  await coordinator.sees("Wanted from you: write the updates for everybody else.");
  done.push(2);
});

test("3: that the model broke first is refused while nobody has answered", async () => {
  const form = await deeds.claim(declarer, {
    layer: "model",
    verdict: "proximate",
    confidence: "suspected",
  });
  await refusedWith(
    form,
    "Model cannot be named yet, because nobody has answered for Retrieval & data and 4 other layers",
  );
  for (const label of ["Prompt & policy", "Orchestration & tools", "Integration & UI"]) {
    await form.dialog.getByText(new RegExp(`After that:.*${label}`)).waitFor();
  }
  // what was filled in stays
  expect(await form.dialog.getByRole("radio", { name: "Suspected" }).isChecked()).toBe(true);
  await closeAll(declarer, "Set a verdict", "Checklist");
  await panelSays(declarer, "0 of 6 layers answered");
  done.push(3);
});

test("4: a lever is recorded, which asks its own question; only its authorizer is asked", async () => {
  const {
    tradeoff,
    revert_condition,
    harm_signal = "",
  } = scenario.stabilization[0] ?? expect.fail();
  await coordinator.comeInto(channel);
  const form = await coordinator.open("/incident stabilize", "Record a lever");
  await form.choose("What was done to stop the harm?", lever);
  await form.field("For whom does the feature disappear?").waitFor();
  await form.dialog.getByText("Before you use it, save a sample of requests").waitFor();
  await form.choose("Who authorized it?", "@authorizer_business");
  await form.choose("In which capacity?", "Business");
  await form.write("For whom does the feature disappear?", tradeoff);
  await form.write("When is it taken back?", revert_condition);
  await form.write("Which number has to move if this stops the harm?", harm_signal);
  await form.press("Record");
  await form.isGone();

  const message = await coordinator.sees("Lever 1: ");
  await message.getByText("Claimed until @authorizer_business confirms").waitFor();
  await panelSays(declarer, "Lever 1");
  await other.actAs("authorizer_business");
  await other.goTo("faultline");
  const question = await other.sees("Lever 1");
  await question.getByRole("button", { name: "Yes, I authorized it" }).waitFor();
  // nobody else has it in a direct message
  expect(await declarer.entry("faultline").count()).toBe(0);
  await coordinator.goTo("faultline");
  expect(await coordinator.message("Lever 1").count()).toBe(0);
  await coordinator.goTo(channel);
  done.push(4);
});

test("5: the authorizer confirms, and everybody sees it", async () => {
  await other.message("Lever 1").getByRole("button", { name: "Yes, I authorized it" }).click();
  const answer = await other.sees(`Recorded that you authorized “${lever}”.`);
  await answer.getByText("Only visible to you").waitFor();
  for (const who of [other, coordinator]) {
    const message = await who.sees("Lever 1: ");
    await message.getByText("Authorized and confirmed by @authorizer_business").waitFor();
    expect(await message.getByRole("button", { name: "Yes, I authorized it" }).count()).toBe(0);
  }
  await panelSays(declarer, "Authorized by @authorizer_business");
  done.push(5);
});

test("6 and 7: the owner of the model gives evidence by keyboard alone, and answers", async () => {
  await other.actAs("owner_model");
  await other.goTo(channel);
  await recordEvidenceByKeyboard(other, deeds.item("E04"));
  deeds.noteRecorded("E04");
  const evidence = await other.sees("response model id and prompt hash equal");
  await evidence.getByText("Rules out").waitFor();
  await panelSays(declarer, "1 item of evidence");

  await other.goTo("faultline");
  const form = await other.openFrom("Please answer", "Answer", "Answer for your layers");
  await deeds.answer(form, ["model", "prompt_policy"]);
  await panelSays(declarer, "2 of 6 layers answered");
  await other
    .message("Model")
    .getByRole("button", { name: /^Correct/ })
    .first()
    .waitFor();
  done.push(6, 7);
});

test("8 to 11: the other owners give evidence and answer, each as themselves", async () => {
  await other.actAs("owner_orchestration_tools");
  await other.goTo(channel);
  await deeds.recordEvidence(other, "E03");
  await declarer.sees("full trace of a reported question");
  done.push(8);

  await other.actAs("owner_infrastructure");
  await deeds.recordEvidence(other, "E05");
  done.push(9);
  await other.goTo("faultline");
  await deeds.answer(await other.openFrom("Please answer", "Answer", "Answer for your layer"), [
    "infrastructure",
  ]);
  done.push(10);

  await other.actAs("owner_orchestration_tools");
  await other.goTo("faultline");
  await deeds.answer(await other.openFrom("Please answer", "Answer", "Answer for your layers"), [
    "orchestration_tools",
    "integration_ui",
  ]);
  await panelSays(declarer, "5 of 6 layers answered, 3 items of evidence");
  done.push(11);
});

test("12: the index is refused until what speaks against it is answered", async () => {
  const form = await deeds.claim(coordinator, {
    layer: "retrieval_data",
    verdict: "proximate",
    confidence: "probable",
  });
  await refusedWith(
    form,
    "First answer “Were the right documents retrieved but ignored?” in the checklist",
  );
  await form.dialog.getByText("Does a cache serve old answers?").waitFor();
  await closeAll(coordinator, "Set a verdict", "Checklist");
  done.push(12);
});

test("13 to 15: the owner of the index gives evidence and answers; the questions are answered", async () => {
  await other.actAs("owner_retrieval_data");
  await other.goTo(channel);
  await deeds.recordEvidence(other, "E01");
  await deeds.recordEvidence(other, "E02");
  done.push(13);
  await other.goTo("faultline");
  await deeds.answer(await other.openFrom("Please answer", "Answer", "Answer for your layer"), [
    "retrieval_data",
  ]);
  await panelSays(declarer, "6 of 6 layers answered, 5 items of evidence");
  done.push(14);
  for (const rows of [["RD1", "RD4"], ["RD2"], ["RD3"], ["RD5"]]) {
    await deeds.answerRows(coordinator, "retrieval_data", rows);
  }
  done.push(15);
});

test("16 and 17: now the index stands as what broke first, and the page as what contributed", async () => {
  await deeds.claim(coordinator, {
    layer: "retrieval_data",
    verdict: "proximate",
    confidence: "probable",
  });
  await closeAll(coordinator, "Checklist");
  await declarer.sees("Retrieval & data: Broke first, probable");
  await panelSays(declarer, "Broke first, probable");
  done.push(16);
  const [condition] = scenario.steps.filter(({ n }) => n === 17);
  await deeds.claim(coordinator, {
    layer: "integration_ui",
    verdict: "contributing",
    contribution: condition?.with.text ?? "",
  });
  await closeAll(coordinator, "Checklist");
  await declarer.sees("Integration & UI: Contributed");
  done.push(17);
});

test("18: a note that blames somebody is refused, with other words, before this person alone", async () => {
  const [note] = scenario.steps.filter(({ n }) => n === 18);
  await declarer.send(`/incident note ${note?.with.text}`);
  const refusal = await declarer.sees("Write what made this possible");
  await refusal.getByText("Only visible to you").waitFor();
  await refusal.getByText("Nothing is recorded yet").waitFor();
  await refusal.getByRole("button", { name: "Use this wording" }).waitFor();
  expect(await coordinator.message("Write what made this possible").count()).toBe(0);
  done.push(18);
});

test("19: an action that nobody can check is refused at the field", async () => {
  const form = await declarer.open("/incident action", "File an action");
  await deeds.fillAction(form, "A3");
  await form.press("File");
  const criterion = "How can somebody else tell that it is done?";
  expect(await form.errorOf(criterion)).toContain(
    "Name something that anyone can look at and what has to hold of it",
  );
  expect(await form.field(criterion).inputValue()).toBe("everyone is aware");
  await closeAll(declarer, "File an action");
  done.push(19);
});

test("20: two actions are filed, and stand as issues on GitHub", async () => {
  for (const id of ["A1", "A2"]) {
    const form = await coordinator.open("/incident action", "File an action");
    await deeds.fillAction(form, id);
    await form.press("File");
    await form.isGone();
  }
  const filed = await declarer.sees("Index job fails when it skips a document");
  await filed.getByRole("link", { name: "issue 1" }).click();
  const pane = declarer.page.getByRole("complementary", { name: "GitHub" });
  await pane.getByRole("heading", { name: "Index job fails when it skips a document" }).waitFor();
  await pane.getByText("assigned to @owner-retrieval-data").waitFor();
  await pane.getByRole("listitem").filter({ hasText: "layer:retrieval_data" }).waitFor();
  await pane.getByText("pages when any source document is skipped").first().waitFor();
  await pane.getByRole("button", { name: "All issues" }).click();
  await pane.getByRole("tab", { name: "Issues 2" }).waitFor();
  await pane.getByRole("button", { name: "Show the date of the source" }).waitFor();
  done.push(20);
});

test("23 and 24: it stays open while the lever is in force, until that is taken back", async () => {
  const form = await coordinator.open("/incident close", "Close the incident");
  await form.dialog.getByText("1 thing still to do before this can be closed").waitFor();
  await form.press("Close it");
  await refusedWith(form, `Take back “${lever}”, or keep it for good and say why`);
  await closeAll(coordinator, "Close the incident");
  done.push(23);

  await other.actAs("owner_orchestration_tools");
  await other.goTo(channel);
  const end = await other.openFrom("Lever 1: ", "Take it back or keep it", "End a lever");
  await end.tick("What happens to it?", "It is taken back");
  await end.write("Why?", "What it waited for has come.");
  await end.press("Save");
  await end.isGone();
  await coordinator.message("Lever 1: ").getByText("Taken back by").waitFor();
  done.push(24);
});

test("25 to 27: what was learned is recorded", async () => {
  await deeds.recordGap(coordinator, "G1");
  await declarer.sees("no alert on the age of the newest document");
  done.push(25);
  await deeds.recordFactor(coordinator, "CF1");
  await deeds.recordFactor(coordinator, "CF2");
  await declarer.sees("no measure of the age of what is served");
  done.push(26);
  await deeds.recordGolden(coordinator, "GP1");
  await declarer.sees("rate of the rule in force, with its date");
  done.push(27);
});

test("28: it is closed, and everybody who was asked is told", async () => {
  const form = await coordinator.open("/incident close", "Close the incident");
  await form.dialog.getByText("Nothing stands in the way.").waitFor();
  await form.press("Close it");
  await form.isGone();
  await panelSays(declarer, "Closed. @coordinator led.");
  await declarer.sees("Review the postmortem");
  await other.actAs("owner_model");
  await other.goTo("faultline");
  await other.sees("No answer of yours is needed any more");
  done.push(28);
});

test("the postmortem stands on GitHub, rendered", async () => {
  await coordinator.message("Review the postmortem").getByRole("link").first().click();
  const pane = coordinator.page.getByRole("complementary", { name: "GitHub" });
  await pane.getByRole("heading", { name: /^Postmortem of incident 1: / }).waitFor();
  await pane.getByRole("button", { name: /^Read in full width: .*\.md$/ }).click();
  const page = coordinator.page.getByRole("dialog");
  for (const section of ["At a glance", "Executive summary", "Timeline", "Attribution"]) {
    await page.getByRole("heading", { name: section }).waitFor();
  }
  const row = page.getByRole("row").filter({ hasText: "confirmed having authorized" });
  await row.getByRole("cell", { name: "Stabilization" }).waitFor();
  // the front matter is a table of its own
  await page.getByText(/^Front matter/).click();
  await page.getByRole("rowheader", { name: "severity", exact: true }).waitFor();
  await page.getByRole("button", { name: "Close" }).click();
});

test("the tour has seen all of it, and the script finds nothing left to do", async () => {
  await coordinator.page.getByRole("link", { name: "Tour" }).click();
  const pane = coordinator.page.getByRole("complementary", { name: "Tour" });
  await pane.getByText("5 of 5 done").waitFor();
  await pane.getByRole("button", { name: "Let the script go on" }).click();
  await pane.getByText("nothing is left to play").waitFor();
  const notPlayed = ["set_criterion", "observe_recovery"];
  const wanted = scenario.steps.filter((step) => !notPlayed.includes(step.do)).map(({ n }) => n);
  expect(done).toEqual(wanted);
});
