import { findFormat, formatTitle } from "../formats/index.ts";
import { createLaterProblems } from "../later-problems.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const unknownFormat: DatasetRule = {
  id: "unknown-format",
  severity: "error",
  summary: "No record of the file is in a format that Tunesmith knows.",
  explanation: "OpenAI answers `Unexpected file format, expected either prompt/completion pairs or chat messages`, Together `Could not detect a format for the line`. Name the columns as the target's format has them; `tunesmith convert --map` makes chats of any table.",
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  begin: ({ target }) => {
    const unrecognised = createLaterProblems();
    let recognised = false;
    const [usual] = target.formats;
    return {
      add({ kind, format, line, lines, length, keys }) {
        if (format) {
          recognised = true;
          unrecognised.clear();
        } else if (kind === "object" && !recognised) {
          const found = keys.length === 0 ? "no keys" : `the keys ${keys.join(", ")}`;
          unrecognised.add(() => ({ line, start: 0, end: lines === 1 ? length : 0, message: `This record has ${found}, which is no format that ${target.title} takes; expected ${target.formats.map(formatTitle).join(" or ")}: ${usual ? findFormat(usual).example : ""}.` }));
        }
        return nothing;
      },
      finish: () => (recognised ? nothing : unrecognised.all()),
    };
  },
};
