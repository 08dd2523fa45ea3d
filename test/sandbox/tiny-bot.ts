// A process that starts, says that it is ready, and ends when it is told to: the least of a bot. Where its
// data folder has a file "broken", it says why and does not start.
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const { PORT: port = "0", FAULTLINE_DATA_DIR: dataDir = "" } = process.env;
if (existsSync(join(dataDir, "broken"))) {
  console.error("The token is of another workspace.");
  process.exit(1);
}
process.once("SIGTERM", () => process.exit(0));
createServer((request, response) => {
  if (request.url === "/die") {
    console.error("Out of memory.");
    process.exit(1);
  }
  response.end("ready");
}).listen(Number(port), "127.0.0.1");
