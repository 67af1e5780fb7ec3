import { describeTurn } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { mediaOf } from "../media.ts";
import type { RecordRule } from "./rule.ts";

export const refusedMedia: RecordRule = {
  id: "refused-media",
  severity: "error",
  summary: "A message holds an image, a sound or a file, and the target or the training method takes none.",
  explanation: "Preference tuning at OpenAI and Vertex is for text only, and so are Claude 3 on Bedrock and mlx-lm; sounds and files, which the chat API takes, are not taken for training. Remove the part, or train another way.",
  source: "https://developers.openai.com/api/docs/guides/direct-preference-optimization",
  *check({ dialogues }, { images, title }) {
    if (!images) return;
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns) {
        for (const { node, kind } of mediaOf(turn)) {
          const visible = kind === "image" || kind === "video";
          if (images !== "refused" && (visible || !images.visibleOnly)) continue;
          const taken = images === "refused" ? "takes text only" : "takes texts and images only";
          yield { start: node.offset, end: endOf(node), message: `The content of ${describeTurn(dialogue, turn)} holds ${words[kind]}; ${title} ${taken}. Remove it.` };
        }
      }
    }
  },
};

const words = { image: "an image", video: "a video", audio: "a sound", file: "a file" } as const;
