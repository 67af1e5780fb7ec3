import { formatTitle } from "../formats/index.ts";
import { nothing, type DatasetProblem, type DatasetRule } from "./rule.ts";

export const unknownFormat: DatasetRule = {
  id: "unknown-format",
  severity: "error",
  summary: "No record of the file is in a format that Tunesmith knows.",
  begin: ({ target }) => {
    let unrecognised: DatasetProblem[] = [];
    let recognised = false;
    return {
      add({ kind, format, line, length, keys }) {
        if (format) {
          recognised = true;
          unrecognised = [];
        } else if (kind === "object" && !recognised) {
          const found = keys.length === 0 ? "no keys" : `the keys ${keys.join(", ")}`;
          unrecognised.push({ line, start: 0, end: length, message: `This record has ${found}, which is no format that ${target.title} takes; expected ${target.formats.map(formatTitle).join(" or ")}: {"messages": [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]}.` });
        }
        return nothing;
      },
      finish: () => (recognised ? nothing : unrecognised),
    };
  },
};
