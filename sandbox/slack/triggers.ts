interface Trigger {
  userId: string;
  /** The form whose element was used, for views.push. */
  viewId: string | undefined;
}

export interface Triggers {
  /** A new trigger_id for what this person just did. */
  create(trigger: Trigger): string;
  /** The trigger, or Slack's word for why it does not work (any more). */
  look(
    triggerId: string,
  ): Trigger | "invalid_trigger_id" | "expired_trigger_id" | "exchanged_trigger_id";
  /** From now on `exchanged_trigger_id`. */
  use(triggerId: string): void;
}

/**
 * The triggers of one workspace. Each lives for `lifeMs` and works once.
 * https://docs.slack.dev/interactivity/handling-user-interaction
 */
export function createTriggers(lifeMs: number): Triggers {
  const known = new Map<string, Trigger & { at: number; isUsed: boolean }>();
  let count = 0;
  return {
    create(trigger) {
      count += 1;
      const id = `${Date.now()}.${count}.${Math.random().toString(16).slice(2, 14)}`;
      known.set(id, { ...trigger, at: performance.now(), isUsed: false });
      return id;
    },
    look(triggerId) {
      const trigger = known.get(triggerId);
      if (!trigger) return "invalid_trigger_id";
      if (trigger.isUsed) return "exchanged_trigger_id";
      return performance.now() - trigger.at > lifeMs ? "expired_trigger_id" : trigger;
    },
    use(triggerId) {
      const trigger = known.get(triggerId);
      if (trigger) trigger.isUsed = true;
    },
  };
}
