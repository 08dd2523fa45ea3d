// Goal: one AI incident, from declaration to the postmortem's pull request, as its people live it.
// Method: S0 played over signed HTTP against the sandbox; what counts is what Slack and GitHub hold.

import { testBot } from "#test/support/bot.ts";
import { playsS0 } from "./s0.ts";

playsS0(await testBot("http"));
