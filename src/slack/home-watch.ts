/** How long somebody who pressed something in Home is thought to look at it still, in milliseconds. */
const lookingFor_ms = 15 * 60_000;

/**
 * Who has just pressed something in their Home, as far as this process saw: when they submit the form
 * that it opened, their Home is shown anew. A process that did not see it leaves a Home as it was until it
 * is opened again, so nothing depends on it.
 */
export class HomeWatch {
  readonly #pressedAt = new Map<string, number>();

  /** This person pressed something in Home. */
  note(userId: string, now: Date): void {
    this.#pressedAt.set(userId, now.getTime());
  }

  /** Whether their Home is on the screen still, as it seems; who left long ago is forgotten. */
  isWatching(userId: string, now: Date): boolean {
    for (const [id, at] of this.#pressedAt) {
      if (now.getTime() - at > lookingFor_ms) this.#pressedAt.delete(id);
    }
    return this.#pressedAt.has(userId);
  }
}
