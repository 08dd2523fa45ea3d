import type { ContentPart } from "./trace-exhibit.ts";

/**
 * Attributes that hold what people, documents, tools and the model said, by the names of OpenTelemetry's
 * GenAI conventions, OpenInference, Langfuse, OpenLLMetry and Vercel's AI SDK. The first that fits counts.
 */
const named: readonly [RegExp, ContentPart][] = [
  [
    /^gen_ai\.system_instructions$|^llm\.prompt_template\.template$|^llm\.system_prompt$/,
    "instructions",
  ],
  [
    /^gen_ai\.tool\.definitions$|^llm\.tools\.|^tool\.(json_schema|description|parameters)$|^gen_ai\.tool\.description$|^ai\.prompt\.tools$|^llm\.request\.functions\./,
    "tools",
  ],
  [
    /^gen_ai\.tool\.call\.arguments$|^ai\.toolCall\.args$|tool_call\.function\.arguments$/,
    "arguments",
  ],
  [/^gen_ai\.tool\.call\.result$|^ai\.toolCall\.result$/, "result"],
  [
    /^gen_ai\.retrieval\.query|^reranker\.query$|^embedding\.text$|^db\.(statement|query\.text)$/,
    "query",
  ],
  [
    /^(retrieval|reranker)\.[\w.]*document\.(content|metadata)|^embedding\.embeddings\.\d+\.embedding\.text$|^gen_ai\.retrieval\.documents$/,
    "documents",
  ],
  [
    /^gen_ai\.(input\.messages|prompt)$|^gen_ai\.prompt\.\d+\.|^llm\.(input_messages|prompts)(\.|$)|^llm\.prompt_template\.variables$|^input\.value$|^traceloop\.entity\.input$|^langfuse\.(observation|trace)\.input$|^ai\.prompt(\.messages)?$/,
    "input",
  ],
  [
    /^gen_ai\.(output\.messages|completion)$|^gen_ai\.completion\.\d+\.|^llm\.(output_messages|completions)(\.|$)|^output\.value$|^traceloop\.entity\.output$|^langfuse\.(observation|trace)\.output$|^ai\.response\.(text|object|toolCalls)$/,
    "output",
  ],
  [/^(exception|error)\.(message|stacktrace)$|^status\.message$|^statusMessage$/, "error"],
];

/** The last word of an attribute that nobody's convention names, where that word says it is text. */
const byLastWord: readonly [RegExp, ContentPart][] = [
  [/^(input|question|user_message|request_body|prompt|messages?)$/, "input"],
  [/^(output|answer|completion|response_body|rendered_text|html|reply)$/, "output"],
  [/^(instructions|system_prompt)$/, "instructions"],
  [/^(arguments|args)$/, "arguments"],
  [/^(result)$/, "result"],
  [/^(query|search_query)$/, "query"],
  [/^(documents|chunks|context|passages)$/, "documents"],
  [/^(text|content|body|explanation)$/, "other"],
];

/** What of people's or the model's words an attribute holds; undefined where it holds none. */
export function contentPart(key: string): ContentPart | undefined {
  const known = named.find(([pattern]) => pattern.test(key));
  if (known) return known[1];
  const last = key.slice(key.lastIndexOf(".") + 1).toLowerCase();
  return byLastWord.find(([pattern]) => pattern.test(last))?.[1];
}

/** Messages and documents that came one attribute each belong together: `llm.input_messages.*.message.content`. */
export function fieldOf(key: string): string {
  return key.replaceAll(/\.\d+(?=\.|$)/g, ".*");
}
