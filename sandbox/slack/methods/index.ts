import type { appTokenScopesByMethod, BotMethod } from "#sandbox/slack/scopes.ts";
import { postMessageMethod, updateMessageMethod } from "./chat.ts";
import {
  createConversation,
  inviteToConversation,
  joinConversation,
  listConversations,
  listConversationsOfUser,
  listMembers,
  openConversation,
  readConversation,
  readHistory,
  setTopic,
} from "./conversations.ts";
import type { Method } from "./method.ts";
import { addPin, listPins } from "./pins.ts";
import { openConnection, testAuth } from "./session.ts";
import { listUsers, lookUpByEmail, readUser } from "./users.ts";
import { openView, pushView, updateView } from "./views.ts";

/** The Web API methods the sandbox has, by name. One without a line in `scopes.ts` does not compile. */
export const botMethods: Readonly<Record<BotMethod, Method>> = {
  "auth.test": testAuth,
  "chat.postMessage": postMessageMethod,
  "chat.update": updateMessageMethod,
  "conversations.create": createConversation,
  "conversations.history": readHistory,
  "conversations.info": readConversation,
  "conversations.invite": inviteToConversation,
  "conversations.join": joinConversation,
  "conversations.list": listConversations,
  "conversations.members": listMembers,
  "conversations.open": openConversation,
  "conversations.setTopic": setTopic,
  "pins.add": addPin,
  "pins.list": listPins,
  "users.conversations": listConversationsOfUser,
  "users.info": readUser,
  "users.list": listUsers,
  "users.lookupByEmail": lookUpByEmail,
  "views.open": openView,
  "views.push": pushView,
  "views.update": updateView,
};

/** Methods of the app-level token. */
export const appMethods: Readonly<Record<keyof typeof appTokenScopesByMethod, Method>> = {
  "apps.connections.open": openConnection,
};
