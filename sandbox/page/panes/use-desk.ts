import { useState } from "react";
import { desk } from "#sandbox/page/live/ask.ts";
import type { DeskRequests } from "#sandbox/page/live/topics.ts";

export interface Desk {
  /** Resolves when it is asked for; true: it was taken. */
  ask: <Name extends keyof DeskRequests>(name: Name, input: DeskRequests[Name]) => Promise<boolean>;
  /** Why the last request could not be done. */
  problem: string | undefined;
}

/** Asks the page server for something, and keeps the sentence where it cannot be done. */
export function useDesk(): Desk {
  const [problem, setProblem] = useState<string>();
  return {
    problem,
    async ask(name, input) {
      try {
        await desk(name, input);
        setProblem(undefined);
        return true;
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
        return false;
      }
    },
  };
}
