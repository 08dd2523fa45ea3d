import { address, go } from "#sandbox/page/live/address.ts";
import { useOne, useTopic } from "#sandbox/page/live/store.ts";
import { useSurface } from "#sandbox/page/kit/surface.ts";
import { GitHubView } from "./github-view.tsx";

/** GitHub's side: issues, pull requests and the postmortem. `open`: the url of what is shown. */
export function GitHubPane({ open }: { open?: string }) {
  const hasCome = useOne("me") !== undefined;
  const issues = useTopic("issues");
  const pulls = useTopic("pulls");
  const { follow } = useSurface();
  return (
    <GitHubView
      hasCome={hasCome}
      issues={[...issues.values()]}
      pulls={[...pulls.values()]}
      {...(open === undefined ? {} : { open })}
      {...(follow ? { follow } : {})}
      onOpen={show}
    />
  );
}

function show(url: string | undefined): void {
  const { open: _open, ...place } = address().place;
  go({ ...place, pane: "github", ...(url === undefined ? {} : { open: url }) });
}
