import { describeTurn } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { mediaOf } from "../media.ts";
import { shorten } from "../quote.ts";
import type { RecordRule } from "./rule.ts";

export const imageRole: RecordRule = {
  id: "image-role",
  severity: "error",
  summary: "An image stands in a message of somebody who may not show any: only the user may.",
  explanation: "Models learn to look at images, not to draw them: OpenAI skips records whose assistant shows an image, Together and Nova refuse them. Move the image to the user's message that it belongs to.",
  source: "https://developers.openai.com/api/docs/guides/vision-fine-tuning",
  *check({ dialogues }, { images, title }) {
    if (typeof images !== "object") return;
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns) {
        if (turn.meant === undefined || images.roles.includes(turn.meant)) continue;
        for (const { node, kind } of mediaOf(turn)) {
          if (kind === "image" || kind === "video") yield { start: node.offset, end: endOf(node), message: `The ${shorten(turn.role ?? "")} shows this ${kind} (${describeTurn(dialogue, turn)}); ${title} takes it from the ${images.roles.join(", ")} only.` };
        }
      }
    }
  },
};
