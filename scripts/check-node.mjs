// Runs before the rest of a script, on whatever Node there is: plain JavaScript that needs nothing
// installed. `npm ci` brings Node 24 along as the package `node`, and npm's scripts run on that; not
// where its install script was skipped, or where dev dependencies were left out.

import { existsSync } from "node:fs";

const needed = 24;
const found = process.versions.node;

function whatToDo() {
  const brought = new URL("../node_modules/node/", import.meta.url);
  if (existsSync(new URL("bin/node", brought)))
    return "Start it with npm, which uses the one in node_modules.";
  if (existsSync(brought)) {
    return `Run "npm rebuild node": the package node@${needed} brings it, but its install script did not run (--ignore-scripts).`;
  }
  return `Run "npm ci", which brings it, or install Node ${needed}.`;
}

if (Number(found.split(".")[0]) < needed) {
  console.error(`Faultline needs Node ${needed}, and this is Node ${found}. ${whatToDo()}`);
  process.exit(1);
}
