import { addBookmarks } from "./add-bookmarks.ts";
import { announceChange } from "./announce-change.ts";
import { archiveChannel } from "./archive-channel.ts";
import { attachPostmortem } from "./attach-postmortem.ts";
import { captureMessage } from "./capture-message.ts";
import { closeOnGitHub } from "./close-on-github.ts";
import { createChannel } from "./create-channel.ts";
import { drawChanges } from "./draw-changes.ts";
import { fileIssue } from "./file-issue.ts";
import { findSimilar } from "./find-similar.ts";
import type { Handlers } from "./handler.ts";
import { invitePeople } from "./invite-people.ts";
import { lookUpPerson } from "./look-up-person.ts";
import { noteReopened } from "./note-reopened.ts";
import { pinPanel } from "./pin-panel.ts";
import { postMessage } from "./post-message.ts";
import { proposePostmortem } from "./propose-postmortem.ts";
import { publishHome } from "./publish-home.ts";
import { readFigures } from "./read-figures.ts";
import { readLedger } from "./read-ledger.ts";
import { repairIncident } from "./repair-incident.ts";
import { setTopic } from "./set-topic.ts";
import { syncMembers } from "./sync-members.ts";

/** Who does which effect. An effect without a handler does not compile. */
export const handlers: Handlers = {
  "create-channel": createChannel,
  "set-topic": setTopic,
  "invite-people": invitePeople,
  "post-message": postMessage,
  "pin-panel": pinPanel,
  "file-issue": fileIssue,
  "propose-postmortem": proposePostmortem,
  "sync-members": syncMembers,
  "look-up-person": lookUpPerson,
  "attach-postmortem": attachPostmortem,
  "repair-incident": repairIncident,
  "read-figures": readFigures,
  "read-ledger": readLedger,
  "draw-changes": drawChanges,
  "announce-change": announceChange,
  "archive-channel": archiveChannel,
  "capture-message": captureMessage,
  "add-bookmarks": addBookmarks,
  "publish-home": publishHome,
  "close-on-github": closeOnGitHub,
  "find-similar": findSimilar,
  "note-reopened": noteReopened,
};
