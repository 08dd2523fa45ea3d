import { z } from "zod";

// The parts of GitHub's payloads that we read (docs.github.com, "Webhook events and payloads").

const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const login = z.object({ login: z.string() }).nullish();
const files = z.array(z.string()).optional();
const Commit = z.object({
  id: z.string(),
  message: z.string(),
  timestamp: time,
  added: files,
  removed: files,
  modified: files,
});
const repository = z.object({
  full_name: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
  html_url: z.url({ protocol: /^https?$/ }).optional(),
});
/** What of a `push` is looked at. */
export const Push = z.object({
  ref: z.string(),
  before: z.string(),
  after: z.string(),
  deleted: z.boolean().optional(),
  compare: z.url({ protocol: /^https?$/ }).nullish(),
  commits: z.array(Commit),
  head_commit: Commit.nullable(),
  repository: repository.extend({
    default_branch: z.string(),
    /** When it was pushed, in seconds since 1970. */
    pushed_at: z.int().nullish().catch(null),
  }),
  sender: login,
});
/** What of a `release` is looked at. */
export const Release = z.object({
  action: z.string(),
  release: z.object({
    id: z.int(),
    tag_name: z.string(),
    name: z.string().nullish(),
    html_url: z.url({ protocol: /^https?$/ }),
    published_at: time.nullish(),
  }),
  repository,
  sender: login,
});
/** What of a `deployment` is looked at. */
export const Deployment = z.object({
  deployment: z.object({
    id: z.int(),
    ref: z.string(),
    sha: z.string(),
    environment: z.string(),
    production_environment: z.boolean().nullish(),
    created_at: time,
    creator: login,
  }),
  repository,
  sender: login,
});
/** What of a `deployment_status` is looked at, beside its deployment. */
export const DeploymentStatus = Deployment.extend({
  deployment_status: z.object({ id: z.int(), state: z.string(), created_at: time }),
});
