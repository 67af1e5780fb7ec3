import { describeTurn, sentence } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { mediaOf } from "../media.ts";
import type { RecordRule } from "./rule.ts";

export const imageCount: RecordRule = {
  id: "image-count",
  severity: "error",
  summary: "A record or a message has more images than the target takes, or images and videos together.",
  explanation: "OpenAI and Together take ten images a record, Azure OpenAI 64, Nova ten images or one video a message. Leave out images, or make several records of one. The first image too many is marked.",
  source: "https://developers.openai.com/api/docs/guides/vision-fine-tuning",
  *check({ dialogues }, { images, title }) {
    if (typeof images !== "object") return;
    const { perRecord = Infinity, perMessage = Infinity, videos } = images;
    let inRecord = 0;
    const total = dialogues.flatMap(({ turns }) => turns.flatMap((turn) => mediaOf(turn))).filter(({ kind }) => kind === "image").length;
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns) {
        const media = mediaOf(turn);
        const pictures = media.filter(({ kind }) => kind === "image");
        const films = media.filter(({ kind }) => kind === "video");
        const overRecord = pictures[perRecord - inRecord];
        if (overRecord && inRecord <= perRecord) yield { start: overRecord.node.offset, end: endOf(overRecord.node), message: `This record has ${total} images, and this is the first too many: ${title} takes at most ${perRecord} a record.` };
        inRecord += pictures.length;
        const overMessage = pictures[perMessage];
        if (overMessage) yield { start: overMessage.node.offset, end: endOf(overMessage.node), message: `${sentence(describeTurn(dialogue, turn))} has ${pictures.length} images, and this is the first too many: ${title} takes at most ${perMessage} a message.` };
        if (!videos) continue;
        const overVideos = films[videos];
        if (overVideos) yield { start: overVideos.node.offset, end: endOf(overVideos.node), message: `${sentence(describeTurn(dialogue, turn))} has ${films.length} videos; ${title} takes at most ${videos} a message.` };
        const [mixed] = films;
        if (mixed && pictures.length > 0) yield { start: mixed.node.offset, end: endOf(mixed.node), message: `${sentence(describeTurn(dialogue, turn))} has images and a video; ${title} takes either in a message.` };
      }
    }
  },
};
