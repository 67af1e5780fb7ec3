import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const utf16: DatasetRule = {
  id: "utf-16",
  severity: "error",
  summary: "The file is written in UTF-16; providers read UTF-8 only.",
  explanation: "Some Windows programs save text as UTF-16, in which every second byte of English text is a NUL. No provider reads it. The fix writes the same text as UTF-8.",
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  begin: ({ encoding, target }) => ({
    add: () => nothing,
    *finish() {
      if (encoding === "utf-8") return;
      yield aboutFile(`The file is written in ${encoding.toUpperCase().replace("LE", " little-endian").replace("BE", " big-endian")}; expected UTF-8.`, [
        { title: "Write the file as UTF-8", safe: true, rewrites: target.byteOrderMark === "wanted" ? "utf-8-marked" : "utf-8" },
      ]);
    },
  }),
};
