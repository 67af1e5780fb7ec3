import { elements, endOf, properties, property, type Node } from "../json-node.ts";
import { passagesOf } from "../passages.ts";
import type { DatasetRecord } from "../record.ts";
import type { RecordRule } from "./rule.ts";

/** The columns of media, and how texts refer to what they hold. */
const columns = [{ column: "images", tag: "<image>", part: "image" }, { column: "videos", tag: "<video>", part: "video" }, { column: "audios", tag: "<audio>", part: "audio" }] as const;

export const imageMismatch: RecordRule = {
  id: "image-mismatch",
  severity: "error",
  summary: "A record has more or fewer images than its messages refer to.",
  explanation: "LLaMA-Factory puts the `images` of a record where its texts have `<image>`, TRL where its messages have a part {\"type\": \"image\"}; where the counts differ, they stop: `The number of images does not match the number of <image> tokens`. In TRL, messages of plain texts need no parts. Add what lacks, or remove what is too much.",
  source: "https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md",
  *check(record, { mediaColumns, title }) {
    if (!mediaColumns || !record.accepted) return;
    for (const { column, tag, part } of columns) {
      const list = property(record.tree, column);
      if (list?.type !== "array") continue;
      const referred = mediaColumns === "tags" ? countTags(record, tag) : countParts(record, part);
      if (referred === undefined || referred === elements(list).length) continue;
      const key = properties(record.tree).find(({ value }) => value === list)?.key ?? list;
      const reference = mediaColumns === "tags" ? tag : `{"type": "${part}"}`;
      yield { start: key.offset, end: endOf(list), message: `"${column}" holds ${elements(list).length} and the messages have ${reference} ${referred} ${referred === 1 ? "time" : "times"}; ${title} wants the same number of both.` };
    }
  },
};

function countTags(record: DatasetRecord, tag: string): number {
  return passagesOf(record).reduce((count, { text }) => count + text.split(tag).length - 1, 0);
}

/** How many parts refer to a medium; undefined where TRL puts them in by itself, as it does where the user speaks plain text. */
function countParts({ dialogues, texts }: DatasetRecord, part: string): number | undefined {
  const turns = dialogues.flatMap((dialogue) => dialogue.turns);
  if (texts.some(({ purpose }) => purpose !== "system") || turns.some(({ meant, content }) => meant === "user" && content?.type === "string")) return undefined;
  return turns.flatMap(({ content }) => elements(content)).filter((each: Node) => property(each, "type")?.value === part).length;
}
