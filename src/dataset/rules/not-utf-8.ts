import { nothing, type DatasetRule } from "./rule.ts";

export const notUtf8: DatasetRule = {
  id: "not-utf-8",
  severity: "error",
  summary: "The file has bytes that are no UTF-8; was it written in another encoding, or cut inside a character?",
  begin: () => ({
    *add({ line, malformed }) {
      for (const character of malformed) {
        yield { line, start: character, end: character + 1, message: "Here stand bytes that are no UTF-8, shown as \uFFFD. Save the file as UTF-8 from the program that wrote it." };
      }
    },
    finish: () => nothing,
  }),
};
