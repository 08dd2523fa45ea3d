import { actAs } from "#sandbox/page/live/address.ts";
import { useOne } from "#sandbox/page/live/store.ts";

/** The address names somebody who is not in this workspace: who there is instead. */
export function ChoosePerson({ as }: { as: string }) {
  const facts = useOne("workspace");
  return (
    <main className="waiting">
      <h1>Faultline sandbox</h1>
      <p role="alert">
        Nobody in this workspace has the id “<bdi>{as.slice(0, 40)}</bdi>”. Whom do you want to act
        as?
      </p>
      <ul className="choose-person">
        {facts?.people
          .filter(({ bot, isDeactivated }) => !bot && !isDeactivated)
          .map(({ id, name }) => (
            <li key={id}>
              <button type="button" onClick={() => actAs(id)}>
                @{name}
              </button>
            </li>
          ))}
      </ul>
    </main>
  );
}
