import { extname } from "node:path";
import type { Json } from "#sandbox/json.ts";
import { domainOf, type StoredFile, type Workspace } from "./workspace.ts";

/** Where the app downloads it with its token; at Slack that is a host of its own. */
function downloadUrl({ team, filesUrl }: Workspace, { id, name }: StoredFile): string {
  return `${filesUrl}/files-pri/${team.id}-${id}/${encodeURIComponent(name)}`;
}

/** A file object, https://docs.slack.dev/reference/objects/file-object. */
export function fileBody(workspace: Workspace, file: StoredFile): Json {
  const extension = extname(file.name).slice(1).toLowerCase() || "text";
  const site = `https://${domainOf(workspace)}.slack.com`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension,
    pretty_type: extension.toUpperCase(),
    ...(file.altText === "" ? {} : { alt_txt: file.altText }),
    user: file.userId,
    user_team: workspace.users.get(file.userId)?.teamId ?? workspace.team.id,
    size: file.bytes?.length ?? 0,
    mode: "hosted",
    editable: false,
    is_external: false,
    is_public: true,
    public_url_shared: false,
    url_private: downloadUrl(workspace, file),
    url_private_download: downloadUrl(workspace, file),
    permalink: `${site}/files/${file.userId}/${file.id}/${encodeURIComponent(file.name)}`,
    file_access: "visible",
  };
}
