import type { Pattern } from "./pattern.ts";

/** 3.30: an incident with no model change and no code change. */
export const corpusDrift: Pattern = {
  label: "Corpus drift",
  looksLike:
    "The answer repeats a document faithfully, and the document is old, missing, or not for this reader. Neither model nor code changed.",
  signs: {
    words:
      /\b(?:stale|outdated|out[- ]of[- ]date|obsolete|superseded|no longer (?:valid|in force|true)|old (?:\w+ ){0,2}(?:rules?|polic(?:y|ies)|prices?|versions?|documents?|index)|last (?:year|month|week)['’]s|corpus|index(?:es|ing)?|re-?index\w*|snapshots?|freshness|missing documents?|knowledge base)\b/i,
    levers: ["quarantine_source", "stricter_retrieval"],
  },
  questions: [
    {
      question: "Is what the answer rests on true at its source today?",
      layer: "retrieval_data",
      evidence: "E9",
      look: "Open the source of truth, and compare it with the retrieved text word by word.",
    },
    {
      question: "When was the index rebuilt last, and did the build take every document?",
      layer: "retrieval_data",
      evidence: "E2",
      look: "Look at the log of the last builds: documents read, skipped, failed.",
    },
    {
      question: "Did a schema, a filter or a permission upstream change?",
      layer: "retrieval_data",
      evidence: "E1",
      look: "Compare source schema, filters and access lists with those of two days before the start.",
    },
    {
      question: "Is it gone on the last known good snapshot?",
      layer: "retrieval_data",
      evidence: "E4",
      look: "Replay the question with the old snapshot, all else as it is.",
    },
    {
      question: "Were the right documents retrieved, and lost or ignored afterwards?",
      layer: "integration_ui",
      evidence: "E3",
      look: "Compare what was retrieved with what stood in the assembled prompt.",
    },
    {
      question: "Does a cache serve old answers or old documents?",
      layer: "infrastructure",
      evidence: "E3",
      look: "Ask once past the cache, and look at the age of what it holds.",
    },
  ],
  lever: "quarantine_source",
  leverWhy: "Without the bad source there is a gap, and no wrong answer.",
};
