import type { Target } from "./target.ts";

/** Customising Claude 3 Haiku on Bedrock. Source: aws-samples/amazon-bedrock-samples, `claude-haiku/data_validation.py`; AWS, Bedrock user guide. */
export const bedrockClaude: readonly Target[] = [
  {
    id: "bedrock-claude", provider: "Claude on Bedrock", method: "sft", title: "Claude supervised fine-tuning on Bedrock",
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/preparing-text-data.html", dated: "2026-11-22",
    formats: ["claude", "chat"],
    roles: ["user", "assistant"],
    turns: { system: "first", starts: ["user"], order: "strict", disorder: "refused", last: { speakers: ["assistant"], otherwise: "refused" }, minimum: 2 },
    extraKeys: { record: "refused", message: "refused", unread: ["parallel_tool_calls"] },
    weights: "refused",
    tools: "refused",
    images: "refused",
    content: "text",
    silence: { refusal: "refused" },
    minimumRecords: 32,
    maximumRecords: 10_000,
    tokens: { limit: 32_000, beyond: "refused", bytesPerToken: 3 },
    fileBytes: { limit: 10e9 },
    byteOrderMark: "refused",
    blankLines: "refused",
    arrays: "refused",
    reserved: ["\nHuman:", "\nAssistant:"],
  },
];
