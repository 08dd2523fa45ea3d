import { useCallback, useState } from "react";
import { type PersonMethod, person } from "#sandbox/page/live/ask.ts";
import type { Interaction, SandboxControl } from "#sandbox/protocol.ts";
import type { Surface } from "#sandbox/page/kit/surface.ts";
import { sentenceOf } from "./notices.tsx";

type Input<Method extends keyof SandboxControl> = Parameters<SandboxControl[Method]>[0];

/** What can be pressed in one place: what is pressed now, and what Slack says of the last press. */
export interface Acting {
  act: NonNullable<Surface["act"]>;
  busy: string | undefined;
  trouble: string | undefined;
}

/** Presses buttons of a message. */
export function useMessageActs(userId: string, channelId: string, ts: string): Acting {
  return useActs(
    useCallback(
      (action) => ({ ...action, userId, in: { channelId, ts } }),
      [userId, channelId, ts],
    ),
  );
}

/** Presses buttons of one's own Home. */
export function useHomeActs(userId: string): Acting {
  return useActs(
    useCallback((action) => ({ ...action, userId, in: { homeOf: userId } }), [userId]),
  );
}

function useActs(inputOf: (action: Parameters<Acting["act"]>[0]) => Input<"act">): Acting {
  const [busy, setBusy] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const act = useCallback(
    (action: Parameters<Acting["act"]>[0]) => {
      setBusy(`${action.blockId} ${action.actionId}`);
      setTrouble(undefined);
      void troubleOf("act", inputOf(action)).then((problem) => {
        setBusy(undefined);
        setTrouble(problem);
      });
    },
    [inputOf],
  );
  return { act, busy, trouble };
}

type Asking = {
  [Method in PersonMethod]: ReturnType<SandboxControl[Method]> extends Promise<Interaction>
    ? Method
    : never;
}[PersonMethod];

/** Does what the app has to answer; what Slack shows where it did not, or undefined. */
export async function troubleOf<Method extends Asking>(
  method: Method,
  input: Input<Method>,
): Promise<string | undefined> {
  try {
    const { status, error } = (await person(method, input)) as Interaction;
    return error ?? (status === "acked" ? undefined : "Slack could not do this. Try again?");
  } catch (error) {
    return sentenceOf(error);
  }
}
