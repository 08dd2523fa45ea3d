// Goal: nothing that the page shows shuts anybody out: axe finds no violation in anything people meet
// in S0, in light and dark, on a wide screen and on a phone.
// Method: the script plays to where something is to be seen; a person opens it; axe looks at it four
// times.
import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWholeSandbox } from "#sandbox/pictures/whole-sandbox.ts";
import type { Person } from "./browser-person.ts";
import { openTabs } from "./tabs.ts";

const sandbox = await startWholeSandbox();
afterAll(() => sandbox.close());
const { open } = await openTabs(sandbox.url, sandbox.world);
const channel = "#inc-1-";

const wide = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

/** What axe finds in what this person has before them, by scheme and width. */
async function violations({ page }: Person): Promise<string[]> {
  const found: string[] = [];
  // what lies behind a form is out of reach, and was looked at by itself
  const hasForm = (await page.getByRole("dialog").count()) > 0;
  for (const size of [phone, wide]) {
    await page.setViewportSize(size);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      // one page, no frames of others: it need not open a page of its own
      const axe = new AxeBuilder({ page })
        .setLegacyMode(true)
        // of what is right nobody reads
        .options({ resultTypes: ["violations"] });
      if (hasForm) axe.include("dialog[open]");
      // what is not of colour is the same in both schemes
      if (colorScheme === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
      const { violations } = await axe.analyze();
      for (const { id, help, nodes } of violations) {
        const where = nodes.map(
          ({ html, failureSummary = "" }) => `${html}\n    ${failureSummary}`,
        );
        found.push(`${colorScheme}, ${size.width} px: ${id}: ${help}\n  ${where.join("\n  ")}`);
      }
    }
  }
  return found;
}

async function expectNone(who: Person, what: string): Promise<void> {
  expect(await violations(who), what).toEqual([]);
}

/** Closes form by form. */
async function closeForms({ page }: Person): Promise<void> {
  const forms = page.getByRole("dialog");
  while ((await forms.count()) > 0) {
    const title = await forms.getByRole("heading").first().textContent();
    await forms
      .getByRole("button", { name: /^Close(?: form)?$/ })
      .first()
      .click();
    await page.getByRole("dialog", { name: title ?? "", exact: true }).waitFor({ state: "hidden" });
  }
}

let declarer: Person;
let coordinator: Person;
beforeAll(async () => {
  declarer = await open("declarer", { place: "/C0GENERAL?pane=tour" });
  coordinator = await open("coordinator");
});

test("the tour at the start", async () => {
  await declarer.page.getByRole("heading", { name: "An incident in five steps" }).waitFor();
  await expectNone(declarer, "tour");
});

test("the form that declares, filled in wrongly", async () => {
  await coordinator.messageBox.fill("/");
  await coordinator.page.getByRole("listbox", { name: "Commands" }).waitFor();
  await expectNone(coordinator, "suggestions");
  const form = await coordinator.open("/incident declare", "Declare an incident");
  await form.field("What noticed it?").click();
  await form.press("Declare");
  await form.errorOf("How bad is it?");
  await expectNone(coordinator, "declare-incident with errors");
  await closeForms(coordinator);
});

test("the channel with its panel, the checklist and what is refused", async () => {
  await sandbox.playUntil(4);
  await declarer.goTo(channel);
  await declarer.sees("Evidence board");
  await expectNone(declarer, "channel");
  const checklist = await declarer.open("/incident checklist", "Checklist");
  await expectNone(declarer, "checklist");
  await checklist.press("Set a verdict for Model");
  const verdict = await declarer.form("Set a verdict");
  await verdict.choose("What do you decide?", "Broke first");
  await verdict.tick("How sure is it?", "Suspected");
  await verdict.press("Set verdict");
  await verdict.dialog.getByText("Model cannot be named yet").first().waitFor();
  await expectNone(declarer, "set-verdict, refused");
  await closeForms(declarer);
});

test("the lever's form, and the direct message that asks its authorizer", async () => {
  await coordinator.comeInto(channel);
  const form = await coordinator.open("/incident stabilize", "Record a lever");
  await form.choose("What was done to stop the harm?", "Restrict triggering for a topic or cohort");
  await form.field("For whom does the feature disappear?").waitFor();
  await expectNone(coordinator, "stabilize");
  await closeForms(coordinator);
  await sandbox.playUntil(5);
  const authorizer = await open("authorizer_business");
  await authorizer.goTo("faultline");
  await authorizer
    .message("Lever 1")
    .getByRole("button", { name: "Yes, I authorized it" })
    .waitFor();
  await expectNone(authorizer, "request of a lever");
  await authorizer.page.context().close();
});

test("the forms of an owner: evidence, answers, the opposing questions", async () => {
  await sandbox.playUntil(15);
  const owner = await open("owner_retrieval_data");
  await owner.goTo("Home of faultline");
  await owner.page.getByRole("heading", { name: "Open incidents" }).waitFor();
  await expectNone(owner, "Home");
  await owner.goTo("faultline");
  const answers = await owner.openFrom(
    "You have answered",
    "Correct my answer",
    "Answer for your layer",
  );
  await answers.field("Evidence for it").click();
  await expectNone(owner, "answer-layers");
  await closeForms(owner);
  await owner.goTo(channel);
  await owner.open("/incident evidence", "Add evidence");
  await expectNone(owner, "add-evidence");
  await closeForms(owner);
  await owner.open("/incident replay", "Add evidence");
  await expectNone(owner, "add-evidence of a replay");
  await closeForms(owner);
  const checklist = await owner.open("/incident checklist", "Checklist");
  await checklist.press("Opposing questions of Retrieval & data");
  await owner.form("Opposing questions");
  await expectNone(owner, "answer-rows");
  await owner.page.context().close();
});

test("a thread, a menu, the search for a place, all channels", async () => {
  await coordinator.send("Is the index of last night complete?");
  const said = await coordinator.sees("Is the index of last night complete?");
  await said.hover();
  await said.getByRole("button", { name: /^Actions for the message/ }).click();
  await expectNone(coordinator, "menu of a message");
  await coordinator.page.getByRole("button", { name: "Reply in thread", exact: true }).click();
  const thread = coordinator.page.getByRole("complementary", { name: "Thread" });
  await thread.getByRole("textbox", { name: "Reply" }).fill("It is not.");
  await thread.getByRole("textbox", { name: "Reply" }).press("Enter");
  await thread.getByRole("listitem").filter({ hasText: "It is not." }).waitFor();
  await expectNone(coordinator, "thread");
  await coordinator.page.keyboard.press("Control+k");
  await coordinator.page.getByRole("dialog", { name: "Where to?" }).waitFor();
  await expectNone(coordinator, "search for a place");
  await closeForms(coordinator);
  await coordinator.page.getByRole("link", { name: "Browse channels" }).click();
  await coordinator.page.getByRole("heading", { name: "Browse channels" }).waitFor();
  await expectNone(coordinator, "all channels");
  // on a phone it is a part of the page by itself
  await coordinator.page.setViewportSize(phone);
  await coordinator.page.getByRole("link", { name: /^Channels/ }).click();
  await expectNone(coordinator, "list of channels");
  await coordinator.goTo(channel);
});

test.for([
  ["action", "File an action"],
  ["gap", "Record a gap"],
  ["factor", "Record a factor"],
  ["golden", "Record a golden"],
  ["close", "Close the incident"],
])("the form behind /incident %s", async ([command, title]) => {
  await sandbox.playUntil(24);
  await coordinator.open(`/incident ${command}`, title ?? "");
  await expectNone(coordinator, title ?? "");
  await closeForms(coordinator);
});

test("the form that ends a lever", async () => {
  await coordinator.openFrom("Lever 1: ", "Take it back or keep it", "End a lever");
  await expectNone(coordinator, "end-lever");
  await closeForms(coordinator);
});

test("GitHub's side: the lists, an issue, the postmortem in the pane and in full width", async () => {
  await sandbox.playUntil(29);
  await declarer.page.getByRole("link", { name: "GitHub" }).first().click();
  const pane = declarer.page.getByRole("complementary", { name: "GitHub" });
  await pane.getByRole("tab", { name: "Issues 2" }).waitFor();
  await expectNone(declarer, "issues");
  await pane.getByRole("button", { name: "Index job fails when it skips a document" }).click();
  await pane.getByRole("button", { name: "All issues" }).waitFor();
  await expectNone(declarer, "issue");
  await pane.getByRole("tab", { name: "Pull requests 1" }).click();
  await pane.getByRole("button", { name: /^Postmortem of incident 1/ }).click();
  await pane.getByText("Front matter:").click();
  await expectNone(declarer, "postmortem");
  await pane.getByRole("button", { name: /^Read in full width: .*\.md$/ }).click();
  await declarer.page.getByRole("dialog").getByRole("heading", { name: "Timeline" }).waitFor();
  await expectNone(declarer, "postmortem in full width");
  await declarer.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
});

test("the inspector, unfolded, and the tour at the end", async () => {
  await coordinator.page.getByRole("link", { name: "Inspector" }).first().click();
  const pane = coordinator.page.getByRole("complementary", { name: "Inspector" });
  await pane.getByText("All caught up").waitFor();
  // every list, with a few entries, of which the first is unfolded
  await pane.getByLabel("Find").fill("pin");
  for (const name of await pane.getByRole("heading", { level: 4 }).allTextContents()) {
    const title = coordinator.page.getByRole("heading", { level: 4, name, exact: true });
    const part = pane.getByRole("group").filter({ has: title });
    if ((await part.getAttribute("open")) === null) await title.click();
    const first = part.getByRole("row").getByRole("group").first();
    if ((await first.count()) > 0) await first.click();
  }
  await expectNone(coordinator, "inspector");
  await coordinator.page.getByRole("link", { name: "Tour" }).first().click();
  await coordinator.page.getByText("That was it. What you have seen:").waitFor();
  await expectNone(coordinator, "tour at the end");
});
