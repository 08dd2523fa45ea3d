import { extname } from "node:path";
import type { Json } from "#sandbox/json.ts";
import { domainOf, type StoredFile, type Workspace } from "./workspace.ts";

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
    user: file.userId,
    user_team: workspace.users.get(file.userId)?.teamId ?? workspace.team.id,
    size: file.bytes?.length ?? 0,
    mode: "hosted",
    editable: false,
    is_external: false,
    is_public: true,
    public_url_shared: false,
    url_private: `${site}/files-pri/${workspace.team.id}-${file.id}/${encodeURIComponent(file.name)}`,
    permalink: `${site}/files/${file.userId}/${file.id}/${encodeURIComponent(file.name)}`,
    file_access: "visible",
  };
}
