// The world outside for tests of the worker: a Slack and a GitHub in memory that keep what they were told, and lose
// or refuse answers where a test says so. They stand in for the outside, never for a module of ours.
import type { HomeView } from "@slack/types";
import type { FiledIssue, GitHubApi, OutgoingIssue } from "#src/github/github-api.ts";
import { placeOf } from "#src/github/place.ts";
import type {
  Bookmark,
  OutgoingMessage,
  SlackApi,
  SlackFile,
  SlackPost,
  SlackUser,
} from "#src/slack/slack-api.ts";
import { PermanentError, TransientError } from "#src/lib/errors.ts";

export interface Post extends OutgoingMessage {
  channelId: string;
  ts: string;
  effectId: string;
  updates: number;
}

/** What goes wrong with one call: before it takes effect, or its answer on the way back. */
export interface Trouble {
  before?: Error;
  after?: Error;
}

export const cut = (): TransientError => new TransientError("network", "the connection was cut");
export const rateLimited = (retryAfterMs: number): TransientError =>
  new TransientError("rate_limited", "Slack asks to wait", { retryAfterMs, isAmbiguous: false });

export class OutsideSlack implements SlackApi {
  posts: Post[] = [];
  channels: { channelId: string; name: string; createdAt: Date; isOurs: boolean }[] = [];
  topics = new Map<string, string>();
  pins: string[] = [];
  /** Where a bookmark leads, by channel and title. */
  bookmarks = new Map<string, string>();
  homes = new Map<string, HomeView>();
  invited: string[] = [];
  users = new Map<string, SlackUser>();
  /** Channels that are archived, and such that are gone. */
  archived = new Set<string>();
  gone = new Set<string>();
  files: { channelId: string; filename: string; text: string }[] = [];
  pictures: {
    channelId: string;
    filename: string;
    bytes: Uint8Array;
    altText: string;
    comment: string;
  }[] = [];
  /** People whom Slack turns down, with its word for why. */
  uninvitable = new Map<string, string>();
  /** Messages of people's, by channel and ts. */
  written = new Map<string, SlackPost>();
  /** What people put into forms, by id. */
  filesIn = new Map<string, SlackFile>();
  /** Sentences that one person alone was shown. */
  told: { userId: string; text: string }[] = [];
  calls: string[] = [];
  /** Asked at every call; nothing by default. */
  trouble: (method: string, call: number) => Trouble | undefined | Promise<Trouble | undefined> =
    () => undefined;
  #ts = 0;

  async #call<Value>(method: string, effect: () => Value): Promise<Value> {
    this.calls.push(method);
    const count = this.calls.filter((call) => call === method).length;
    const trouble = await this.trouble(method, count);
    if (trouble?.before) throw trouble.before;
    const value = effect();
    if (trouble?.after) throw trouble.after;
    return value;
  }

  whoAmI() {
    return this.#call("whoAmI", () => ({ teamId: "T1", botUserId: "UBOT", botId: "B1" }));
  }
  openView() {
    return this.#call("openView", () => {});
  }
  updateView() {
    return this.#call("updateView", () => {});
  }
  pushView() {
    return this.#call("pushView", () => {});
  }
  postMessage(channelId: string, message: OutgoingMessage, effectId: string) {
    return this.#call("postMessage", () => {
      this.#ts += 1;
      const ts = `${this.#ts}.000100`;
      this.posts.push({ ...message, channelId, ts, effectId, updates: 0 });
      return ts;
    });
  }
  updateMessage(channelId: string, ts: string, message: OutgoingMessage, effectId: string) {
    return this.#call("updateMessage", () => {
      const post = this.posts.find((one) => one.channelId === channelId && one.ts === ts);
      if (!post) throw new PermanentError("message_not_found", "there is no such message");
      Object.assign(post, message, { effectId, updates: post.updates + 1 });
    });
  }
  readMessage(channelId: string, ts: string) {
    return this.#call("readMessage", () => this.written.get(`${channelId}:${ts}`));
  }
  readFile(fileId: string) {
    return this.#call("readFile", () => this.filesIn.get(fileId));
  }
  tellPerson(_channelId: string, userId: string, text: string) {
    return this.#call("tellPerson", () => void this.told.push({ userId, text }));
  }
  findMessage(channelId: string, effectId: string) {
    return this.#call(
      "findMessage",
      () => this.posts.find((one) => one.channelId === channelId && one.effectId === effectId)?.ts,
    );
  }
  createChannel(name: string) {
    return this.#call("createChannel", () => {
      if (this.channels.some((one) => one.name === name)) {
        throw new PermanentError("name_taken", "the name is taken");
      }
      const channelId = `C${this.channels.length + 1}`;
      this.channels.push({ channelId, name, createdAt: new Date(), isOurs: true });
      return { channelId };
    });
  }
  findOwnChannel(name: string, since: Date) {
    return this.#call("findOwnChannel", () =>
      this.channels.find((one) => one.name === name && one.isOurs && one.createdAt >= since),
    );
  }
  setTopic(channelId: string, topic: string) {
    return this.#call("setTopic", () => void this.topics.set(channelId, topic));
  }
  invite(_channelId: string, userIds: string[]) {
    return this.#call("invite", () => {
      const failed = userIds
        .filter((userId) => this.uninvitable.has(userId))
        .map((userId) => ({ userId, reason: this.uninvitable.get(userId)! }));
      this.invited.push(...userIds.filter((userId) => !this.uninvitable.has(userId)));
      return { failed };
    });
  }
  listMembers() {
    return this.#call("listMembers", () => ["UBOT", ...this.invited]);
  }
  joinChannel() {
    return this.#call("joinChannel", () => {});
  }
  openDirectMessage(userId: string) {
    return this.#call("openDirectMessage", () => `D${userId}`);
  }
  pin(_channelId: string, ts: string) {
    return this.#call("pin", () => {
      if (!this.pins.includes(ts)) this.pins.push(ts);
    });
  }
  findUser(userId: string) {
    return this.#call("findUser", () => this.users.get(userId));
  }
  listUsers() {
    return this.#call("listUsers", () => ({
      users: [...this.users.values()],
      nextCursor: undefined,
    }));
  }
  findUserByEmail() {
    return this.#call("findUserByEmail", () => undefined);
  }
  readChannel(channelId: string) {
    return this.#call("readChannel", () =>
      this.gone.has(channelId)
        ? undefined
        : {
            isArchived: this.archived.has(channelId),
            topic: this.topics.get(channelId) ?? "",
          },
    );
  }
  isPinned(_channelId: string, ts: string) {
    return this.#call("isPinned", () => this.pins.includes(ts));
  }
  hasMessage(channelId: string, ts: string) {
    return this.#call("hasMessage", () =>
      this.posts.some((one) => one.channelId === channelId && one.ts === ts),
    );
  }
  findPermalink(channelId: string, ts: string) {
    return this.#call("findPermalink", () =>
      this.posts.some((one) => one.channelId === channelId && one.ts === ts)
        ? `https://slack.test/archives/${channelId}/p${ts.replace(".", "")}`
        : undefined,
    );
  }
  listBookmarks(channelId: string) {
    return this.#call("listBookmarks", () =>
      [...this.bookmarks]
        .filter(([key]) => key.startsWith(`${channelId} `))
        .map(([key, link]) => ({ title: key.slice(channelId.length + 1), link })),
    );
  }
  setBookmarks(channelId: string, bookmarks: readonly Bookmark[]) {
    return this.#call("setBookmarks", () => {
      for (const { title, link } of bookmarks) this.bookmarks.set(`${channelId} ${title}`, link);
    });
  }
  publishHome(userId: string, view: HomeView) {
    return this.#call("publishHome", () => void this.homes.set(userId, view));
  }
  archiveChannel(channelId: string) {
    return this.#call("archiveChannel", () => void this.archived.add(channelId));
  }
  uploadFile(channelId: string, file: { filename: string; text: string }) {
    return this.#call("uploadFile", () => void this.files.push({ channelId, ...file }));
  }
  uploadPicture(
    channelId: string,
    picture: { filename: string; bytes: Uint8Array; altText: string; comment: string },
  ) {
    return this.#call("uploadPicture", () => {
      this.pictures.push({ channelId, ...picture });
      this.files.push({ channelId, filename: picture.filename, text: "" });
    });
  }
  findFile(channelId: string, filename: string) {
    return this.#call("findFile", () =>
      this.files.some((one) => one.channelId === channelId && one.filename === filename),
    );
  }
}

/** A GitHub in memory, for one repository owner. */
export class OutsideGitHub implements GitHubApi {
  issues: (OutgoingIssue & FiledIssue)[] = [];
  pulls: { branch: string; title: string; body: string; number: number; url: string }[] = [];
  files = new Map<string, string>();
  assignable = new Set<string>();
  /** What was closed, `owner/name#number`, with the label it got. */
  closed = new Map<string, string>();
  /** What was deleted, and repositories that we may not see. */
  deleted = new Set<string>();
  unseen = new Set<string>();
  calls: string[] = [];
  trouble: (method: string, call: number) => Trouble | undefined | Promise<Trouble | undefined> =
    () => undefined;

  async #call<Value>(method: string, effect: () => Value): Promise<Value> {
    this.calls.push(method);
    const count = this.calls.filter((call) => call === method).length;
    const trouble = await this.trouble(method, count);
    if (trouble?.before) throw trouble.before;
    const value = effect();
    if (trouble?.after) throw trouble.after;
    return value;
  }

  createIssue(repo: string, issue: OutgoingIssue) {
    return this.#call("createIssue", () => {
      const number = this.issues.length + 1;
      const filed = { ...issue, number, url: `https://github.test/${repo}/issues/${number}` };
      this.issues.push(filed);
      return filed;
    });
  }
  findIssue(_repo: string, marker: string, label: string) {
    return this.#call("findIssue", () =>
      this.issues.find((issue) => issue.labels.includes(label) && issue.body.includes(marker)),
    );
  }
  isAssignable(_repo: string, login: string) {
    return this.#call("isAssignable", () => this.assignable.has(login));
  }
  placeOf(url: string) {
    return placeOf("https://github.test", url);
  }
  closeIssue(repo: string, number: number, label: string) {
    return this.#call("closeIssue", () => {
      const place = `${repo}#${number}`;
      if (this.deleted.has(place)) return false;
      this.closed.set(place, label);
      return true;
    });
  }
  lookForIssue(repo: string, number: number) {
    return this.#call("lookForIssue", () => {
      if (this.unseen.has(repo)) return "unseen";
      return this.deleted.has(`${repo}#${number}`) ? "deleted" : "there";
    });
  }
  commitFile(_repo: string, file: { branch: string; path: string; text: string }) {
    return this.#call(
      "commitFile",
      () => void this.files.set(`${file.branch}:${file.path}`, file.text),
    );
  }
  findPullRequest(_repo: string, branch: string) {
    return this.#call("findPullRequest", () => this.pulls.find((pull) => pull.branch === branch));
  }
  createPullRequest(repo: string, pull: { branch: string; title: string; body: string }) {
    return this.#call("createPullRequest", () => {
      const number = this.pulls.length + 1;
      const opened = { ...pull, number, url: `https://github.test/${repo}/pull/${number}` };
      this.pulls.push(opened);
      return opened;
    });
  }
}
