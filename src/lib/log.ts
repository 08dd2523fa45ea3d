import { pino, type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/**
 * A structured log, one JSON object a line. Messages are static, facts are fields; fields carry ids
 * and counts, never tokens and never what people wrote. The redaction is a second net, not the rule.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { service: "faultline" },
    redact: {
      paths: [
        "token",
        "*.token",
        "headers.authorization",
        "*.headers.authorization",
        "text",
        "*.text",
        "body",
        "*.body",
      ],
      censor: "[redacted]",
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
