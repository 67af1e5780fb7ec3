import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const utf16: DatasetRule = {
  id: "utf-16",
  severity: "error",
  summary: "The file is written in UTF-16; providers read UTF-8 only.",
  begin: ({ encoding }) => ({
    add: () => nothing,
    *finish() {
      if (encoding === "utf-8") return;
      yield aboutFile(`The file is written in ${encoding.toUpperCase().replace("LE", " little-endian").replace("BE", " big-endian")}; expected UTF-8.`, [
        { title: "Write the file as UTF-8", safe: true, encoding: "utf-8" },
      ]);
    },
  }),
};
