import { openaiTools } from "./openai.ts";
import type { Target } from "./target.ts";

/** Customising Amazon Nova on Bedrock. Source: aws-samples/amazon-bedrock-samples, `nova_ft_dataset_validator.py`; AWS, Nova user guide. */
export const bedrockNova: readonly Target[] = [
  {
    id: "bedrock-nova", provider: "Amazon Nova on Bedrock", method: "sft", title: "Amazon Nova supervised fine-tuning on Bedrock",
    source: "https://docs.aws.amazon.com/nova/latest/userguide/fine-tune-prepare-data-understanding.html", dated: "2026-11-22",
    formats: ["bedrock"],
    roles: ["user", "assistant"],
    turns: { system: "first", starts: ["user"], order: "strict", disorder: "refused", last: { speakers: ["assistant"], otherwise: "refused" }, minimum: 2 },
    extraKeys: { record: "taken", message: "taken" },
    weights: "ignored",
    tools: "refused",
    images: { perMessage: 10, types: ["jpeg", "png", "gif", "webp"], sources: ["s3"], bareUrl: "refused", roles: ["user"], videos: 1 },
    minimumRecords: 8,
    maximumRecords: 20_000,
    byteOrderMark: "refused",
    blankLines: "refused",
    arrays: "refused",
    reserved: ["System:", "SYSTEM:", "User:", "USER:", "Bot:", "BOT:", "Assistant:", "ASSISTANT:", "Thought:", "[EOS]", "<image>", "<video>"],
  },
  {
    id: "bedrock-nova", provider: "Amazon Nova on Bedrock", method: "rft", title: "Amazon Nova reinforcement fine-tuning on Bedrock",
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/rft-prepare-data.html", dated: "2026-11-22",
    formats: ["openai-reinforcement", "chat"],
    roles: ["system", "user", "assistant", "tool"],
    turns: { system: "first", order: "free", disorder: "doubted", last: { speakers: ["user", "tool"], otherwise: "doubted" } },
    extraKeys: { record: "taken", message: "taken" },
    weights: "ignored",
    tools: openaiTools,
    grader: { key: "reference_answer" },
    minimumRecords: 100,
    maximumRecords: 20_000,
    byteOrderMark: "refused",
    blankLines: "refused",
    arrays: "refused",
  },
];
