import type { Json } from "#sandbox/json.ts";
import { renderView, type ViewRecord } from "./views.ts";

/** The app's Home tab: one view a person, which stands until another is published. */
export interface Homes {
  find(userId: string): ViewRecord | undefined;
  /** All of them, in the order of their first publication. */
  all(): ViewRecord[];
  /** Shows the view; what the person had put in stays where block_id and action_id stay. */
  publish(userId: string, view: Json): ViewRecord;
}

/** The Homes of one workspace. `changed` is called with the person whose screen changes. */
export function createHomes(newViewId: () => string, changed: (userId: string) => void): Homes {
  const homes = new Map<string, ViewRecord>();
  return {
    find: (userId) => homes.get(userId),
    all: () => [...homes.values()],
    publish(userId, view) {
      const before = homes.get(userId);
      const id = before?.id ?? newViewId();
      const record: ViewRecord = {
        id,
        userId,
        ...renderView(view, before?.state ?? {}),
        offered: {},
        rootId: id,
        previousId: null,
      };
      homes.set(userId, record);
      changed(userId);
      return record;
    },
  };
}
