import type { Locator } from "playwright-core";
import type { Person } from "./browser-person.ts";

/** The inspector, as somebody has it open who breaks things. */
export interface Inspector {
  kill(): Promise<void>;
  /** Starts the bot again, and waits until it is up. */
  restart(): Promise<void>;
  turn(isOn: boolean, ...switches: string[]): Promise<void>;
  /** Waits until nothing is left to do outside; what is said then of what was lost and doubled. */
  caughtUp(): Promise<string>;
}

/** The inspector of this person's tab, which has it open. */
export function inspectorOf({ page }: Person): Inspector {
  const pane: Locator = page.getByRole("complementary", { name: "Inspector" });
  const saysState = (words: string) =>
    pane.getByRole("status").filter({ hasText: words }).waitFor({ timeout: 60_000 });
  return {
    async kill() {
      await pane.getByRole("button", { name: /^Kill the bot/ }).click();
      await saysState("The bot is down");
    },
    async restart() {
      await pane.getByRole("button", { name: "Restart it" }).click();
      await saysState("The bot is up");
    },
    async turn(isOn, ...switches) {
      for (const name of switches) await pane.getByRole("switch", { name }).setChecked(isOn);
    },
    async caughtUp() {
      await pane.getByText("All caught up").waitFor({ timeout: 60_000 });
      return pane.getByText("so far").innerText();
    },
  };
}
