import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const byteOrderMark: DatasetRule = {
  id: "byte-order-mark",
  severity: "error",
  summary: "The file begins with a byte-order mark, which makes its first line unreadable as JSON.",
  begin: ({ encoding, byteOrderMark: present }) => ({
    add: () => nothing,
    *finish() {
      if (!present || encoding !== "utf-8") return;
      yield aboutFile("The file begins with a byte-order mark (EF BB BF); expected plain UTF-8, so that the first line begins with {.", [
        { title: "Remove the byte-order mark", safe: true, encoding: "utf-8" },
      ]);
    },
  }),
};
