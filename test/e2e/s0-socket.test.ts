// Goal: the same incident in Socket Mode comes out the same.
// Method: S0 played over the sandbox's WebSocket; what counts is what Slack and GitHub hold.

import { testBot } from "#test/support/bot.ts";
import { playsS0 } from "./s0.ts";

playsS0(await testBot("socket"));
