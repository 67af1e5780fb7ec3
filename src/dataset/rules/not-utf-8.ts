import { nothing, type DatasetRule } from "./rule.ts";

export const notUtf8: DatasetRule = {
  id: "not-utf-8",
  severity: "error",
  summary: "The file has bytes that are no UTF-8; was it written in another encoding, or cut inside a character?",
  explanation: "Together answers `File is not UTF-8 encoded`, others fail on the line. What the bytes meant, only the program that wrote them knows: save the file as UTF-8 from there. No fix changes them.",
  source: "https://docs.together.ai/docs/fine-tuning/data-preparation",
  begin: () => ({
    add: ({ malformed }) => (malformed.length === 0 ? nothing : malformed.map((character) => ({
      start: character, end: character + 1, message: "Here stand bytes that are no UTF-8, shown as \uFFFD. Save the file as UTF-8 from the program that wrote it.",
    }))),
    finish: () => nothing,
  }),
};
