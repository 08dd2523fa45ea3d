import { re, words } from "./patterns.ts";

export const people = words(`
  engineer engineers developer developers dev devs programmer programmers coder coders operator
  operators admin admins administrator administrators reviewer reviewers intern interns trainee
  trainees manager managers pm pms po director directors executive executives exec execs ceo cto
  vp boss bosses leadership management lead leads scientist scientists researcher researchers
  analyst analysts annotator annotators labeler labelers labeller labellers rater raters tester
  testers qa trainer trainers moderator moderators editor editors copywriter copywriters writer
  writers author authors contractor contractors consultant consultants freelancer freelancers
  employee employees staff staffer staffers colleague colleagues coworker coworkers team teams
  crew squad ops devops sre sres oncall on-call on-caller on-callers committer merger deployer
  maintainer maintainers architect architects designer designers technician technicians expert
  experts specialist specialists supervisor supervisors officer officers guy guys person persons
  people folks human humans individual individuals dba dbas sysadmin sysadmins newcomer evaluator evaluators examiner inspector inspectors grader graders publisher submitter requester organizer presenter instructor helper helpers student students volunteer volunteers rep reps hire
  hires partner partners supplier suppliers subcontractor subcontractors organiser organisers coach coaches captain captains chairperson mentor mentors advisor advisors adviser advisers chief chiefs principal vps newbie newbies rookie rookies novice novices temp temps graduate graduates hires junior juniors senior seniors apprentice someone somebody anyone anybody everyone
  everybody nobody no-one whoever he she representative curator curators labelling-team steward
  stewards custodian custodians librarian librarians keeper planner planners buyer accountant
  lawyer lawyers counsel physician nurse clerk clerks dispatcher dispatchers agency bureau hacker
  hackers founder founders committee board client-team integrator integrators scrum master
  stakeholder stakeholders translator translators tuner tuners approvers prompter prompters
  labourer worker workers chairman chair president secretary assistant-manager teamlead team-lead
  techlead tech-lead marketer marketers salesperson salespeople trader traders teacher teachers
  doctor doctors patient-team auditor auditors helpdesk hotline caretaker gatekeeper gatekeepers
  mate dude bloke lady man woman men women kid kids workforce department departments unit-lead
  entwickler entwicklerin ingenieur ingenieurin praktikant praktikantin kollege kollegin kollegen
  mitarbeiter mitarbeiterin mitarbeitende betreiber bediener administratorin redakteur
  redakteurin prüfer prüferin chef chefin techniker technikerin datenteam plattformteam
  produktmanager produktmanagerin teamleiter teamleiterin leitung bereitschaft jemand niemand
  ingénieur ingénieure développeur développeuse stagiaire équipe opérateur opératrice collègue
  collègues quelqu'un personne ingeniero ingeniera desarrollador desarrolladora becario becaria
  equipo operador operadora compañero alguien nadie`);

export const owners = words(`
  coordinator authorizer approver scribe responder responders owner owners stand-in declarer
  koordinator koordinatorin eigentümer eigentümerin coordinateur coordinatrice propriétaire
  coordinador coordinadora`);

export const users = words(`
  user users customer customers client clients caller callers visitor visitors subscriber
  subscribers nutzer nutzerin benutzer kunde kunden kundin anwender utilisateur utilisateurs
  usuario usuarios cliente`);

export const us = words(`
  we i wir ich nous nosotros`);

export const they = words(`
  they`);

export const models = words(`
  model models llm llms ai ais genai assistant assistants chatbot chatbots bot bots voicebot
  agent agents copilot gpt gpts chatgpt claude gemini llama mistral mixtral grok deepseek qwen
  bard siri alexa cortana kimi devin codex perplexity gemma opus sonnet haiku phi command-r
  falcon jasper classifier recommender ranker summariser voice-bot embedder embeddings reranker transformer summarizer weights ki kis
  sprachmodell sprachmodelle modell modelle assistent modèle modèles modelo modelos ia`);

/** `gpt-4o`, `o3-mini`, `claude-sonnet-4.5`, `llama3`. */
export const modelId = new RegExp(
  re`^(?:(?:gpt|chatgpt|claude|gemini|llama|mistral|mixtral|grok|deepseek|qwen|gemma|phi|kimi
      |sonnet|opus|haiku)[-_.]?[\d][\w.-]*|(?:gpt|claude|gemini|llama|mistral|deepseek|qwen
      |gemma|grok|text)-[\w.-]+|o[134](?:-\w+)?)$`,
);

/** What may follow a product's name without being another thing: `Claude Opus 4.5 mini`. */
export const modelPart = new RegExp(
  re`^(?:v?\d[\w.]*|[a-z]\d(?:\.\d)?|sonnet|opus|haiku|flash|pro|ultra|nano|mini|turbo|guard
      |code|instruct|preview|large|small|medium|chat|max)$`,
);

/** A shift of these kinds is the people at work then, not a change. */
export const shifts = words("night day late early morning evening weekend");

/** Agents of these kinds are people at work, not software. */
export const humanAgents = words(
  re`
      support human service call-center call-centre center centre contact helpdesk desk sales live booking travel field care estate claims`,
);

/**
 * Nouns that make the word before them name a thing, and no actor: the “reviewer interface”, the “user
 * agent”, the “model alias”. Faults in this place (“operator error”) are left to the rules.
 */
export const things = words(`
  account accounts agent alias aliases api app approval area base budget build builds button card
  cards catalog channel channels chat chats checklist config configuration consent console count
  counts dashboard data device devices docs documentation eval evals evaluation evaluations
  experience experiences facing feature features feedback field file files flag flags flow forum
  gateway guide handle handles handoff header headers hours id ids import input inputs interface
  interfaces interview journey key keys language layer layers level list load log logs menu
  message messages metadata metric metrics mode name names notes notice notices notification
  objects onboarding owner owners page pages panel panels path permission permissions persona
  picker pin pins platform policy pool pools portal preference preferences prompt prompts
  provider providers queries query question questions queue queues rating ratings record records
  registry registries release releases replies reply report reports request requests review
  reviews risk role roles rollback rollout rota router routing rule rules satisfaction schedule
  schema schemas screen segment segments server servers service session sessions setting settings
  shift signal signals site size snapshot snapshots source space span spans state status string
  strings study supplied survey table task tasks template templates test tests text texts ticket
  tickets time tool tools topic trace traces traffic training turn turns ui upgrade upgrades
  uploads vendor version versions view views window workflow workspace zone call calls password
  passwords token tokens credentials credential output outputs response responses family families
  endpoint endpoints code codes`);

export const groups = words(
  re`
      finance sales platform infra infrastructure marketing support legal product engineering security ml data research retrieval hr ops qa search`,
);

export const germanRole = new RegExp(
  re`(?:ingenieure?|ingenieurin|entwickler(?:in)?|leiter(?:in)?|kollegen?|betreuer(?:in)?
    |verantwortlichen?|praktikant(?:in)?|dienst|mitarbeiter(?:in)?)$`,
);

/** What other teams call the coordinator; a pattern, since our own words, which are checked, have one name for them. */
export const otherCoordinator = /^command(?:er|ant)s?$/;

export const departments = words(
  re`
      support engineering legal marketing sales security product infra platform finance hr procurement compliance moderation operations`,
);

/** What only people do, right after a word with a capital letter that no list knows: “Xolani forgot …”. */
export const onlyPeopleDo = new RegExp(
  re`^(?:forgot|forgets|insisted|clicked|typed|neglected|fat-fingered|rubber-stamped|misread
      |misjudged|overlooked|pushed|merged|committed|approved|botched|screwed|messed|knew
      |panicked|admitted|fumbled|bungled|misconfigured|mistyped|thought|assumed|ignored
      |skipped|bypassed|overrode|disabled|shipped|gave|turned|deleted|broke|deployed|left
      |uploaded|edited|caused)$`,
);

export const noNames = new RegExp(
  re`^(?:ci|cd|dependabot|renovate|terraform|argo|argocd|flux|github|gitlab|jenkins|mergify
      |bors|it|this|that|these|those|which|who|what|the|a|an|then|and|also|retrieval|retriever
      |parser|gateway|router|pipeline|job|cache|index|deploy|deployment|canary|alert|alerting
      |monitoring|evaluation|eval|filter|guardrail|guardrails|moderation|fallback|search
      |reranker|loader|crawler|indexer|scheduler|validator|linter|build|tests?|code|production
      |staging|prod|orchestrator|balancer|proxy|server|service|kubernetes|redis|kafka|postgres
      |slack|jira|cron|backend|frontend|client|sdk|api|rollout|release|migration|system|prompt
      |policy|feature|flag|tool|tools|connector|webhook|wrapper|middleware|controller
      |autoscaler|config|script|data|code|schema|model|commit|change|today|yesterday|nobody
      |someone|everyone|report|traffic|image|node|pod|cloudflare|azure|aws|openai|anthropic
      |google|microsoft|meta|amazon|snowflake|airflow|spark|datadog|grafana|prometheus|sentry
      |nginx|envoy|istio|docker|helm|ansible|vercel|netlify|supabase|mongo|elastic|pinecone
      |weaviate|qdrant|langchain|zendesk|salesforce|stripe|notion|linear)$|(?:ing|ion|ions
      |ment|er|ers|or|ors|ity|ness|ance|ence|age|ure|ism|ive|ble|ware|base|hub|flow|sql|db|gpt
      |bot|less|ness|ops)$`,
);
