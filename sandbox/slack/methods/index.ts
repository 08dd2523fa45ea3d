import type { appTokenScopesByMethod, BotMethod } from "#sandbox/slack/scopes.ts";
import { addBookmark, editBookmark, listBookmarks, removeBookmark } from "./bookmarks.ts";
import {
  deleteMessageMethod,
  postEphemeralMethod,
  postMessageMethod,
  readPermalink,
  updateMessageMethod,
} from "./chat.ts";
import {
  archiveConversation,
  createConversation,
  inviteToConversation,
  joinConversation,
  listConversations,
  listConversationsOfUser,
  listMembers,
  openConversation,
  readConversation,
  setTopic,
  unarchiveConversation,
} from "./conversations.ts";
import { completeUpload, createUpload, readFile } from "./files.ts";
import { readHistory, readReplies } from "./history.ts";
import type { Method } from "./method.ts";
import { addPinMethod, listPins, removePinMethod } from "./pins.ts";
import { addReactionMethod, readReactions, removeReactionMethod } from "./reactions.ts";
import { openConnection, testAuth } from "./session.ts";
import { listGroups, listGroupUsers } from "./usergroups.ts";
import { listUsers, lookUpByEmail, readUser } from "./users.ts";
import { openView, publishView, pushView, updateView } from "./views.ts";

/** The Web API methods the sandbox has, by name. One without a line in `scopes.ts` does not compile. */
export const botMethods: Readonly<Record<BotMethod, Method>> = {
  "auth.test": testAuth,
  "bookmarks.add": addBookmark,
  "bookmarks.edit": editBookmark,
  "bookmarks.list": listBookmarks,
  "bookmarks.remove": removeBookmark,
  "chat.delete": deleteMessageMethod,
  "chat.getPermalink": readPermalink,
  "chat.postEphemeral": postEphemeralMethod,
  "chat.postMessage": postMessageMethod,
  "chat.update": updateMessageMethod,
  "conversations.archive": archiveConversation,
  "conversations.create": createConversation,
  "conversations.history": readHistory,
  "conversations.info": readConversation,
  "conversations.invite": inviteToConversation,
  "conversations.join": joinConversation,
  "conversations.list": listConversations,
  "conversations.members": listMembers,
  "conversations.open": openConversation,
  "conversations.replies": readReplies,
  "conversations.setTopic": setTopic,
  "conversations.unarchive": unarchiveConversation,
  "files.completeUploadExternal": completeUpload,
  "files.getUploadURLExternal": createUpload,
  "files.info": readFile,
  "pins.add": addPinMethod,
  "pins.list": listPins,
  "pins.remove": removePinMethod,
  "reactions.add": addReactionMethod,
  "reactions.get": readReactions,
  "reactions.remove": removeReactionMethod,
  "usergroups.list": listGroups,
  "usergroups.users.list": listGroupUsers,
  "users.conversations": listConversationsOfUser,
  "users.info": readUser,
  "users.list": listUsers,
  "users.lookupByEmail": lookUpByEmail,
  "views.open": openView,
  "views.publish": publishView,
  "views.push": pushView,
  "views.update": updateView,
};

/** Methods of the app-level token. */
export const appMethods: Readonly<Record<keyof typeof appTokenScopesByMethod, Method>> = {
  "apps.connections.open": openConnection,
};
