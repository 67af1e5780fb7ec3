import { findFormat } from "../formats/index.ts";
import { endOf, properties } from "../json-node.ts";
import { quote } from "../quote.ts";
import type { RecordRule } from "./rule.ts";

/** How a line of Python begins that only a program has. */
const program = /^[ \t]*(?:async def|def|class|import|from) \S/m;

export const graderNewline: RecordRule = {
  id: "grader-newline",
  severity: "warning",
  summary: "A reinforcement record holds a grader's program whose line breaks are escaped once, where the target wants them escaped twice.",
  explanation: "Microsoft's validator warns that the source of a grader in a record has to be escaped twice at Azure OpenAI: a line break is written `\\\\n`, and after `\\n` the program may break off. The fix, which is to be looked at, escapes them again.",
  source: "https://github.com/microsoft/azure-skills (finetuning/scripts/validate)",
  *check({ tree, text, format, accepted }, { grader, title }) {
    if (!grader?.escapedSource || !format || !accepted) return;
    const { keys } = findFormat(format);
    for (const { name, value } of properties(tree)) {
      if (keys.includes(name) || value.type !== "string") continue;
      const source = String(value.value);
      if (!source.includes("\n") || !program.test(source)) continue;
      const at = { start: value.offset, end: endOf(value) };
      const escaped = text.slice(at.start, at.end).replace(/\\./g, (pair) => (pair === "\\n" ? "\\\\n" : pair));
      yield { ...at, message: `${quote(name)} is a program with line breaks written \\n; for ${title}, Microsoft's validator asks for \\\\n, as the source of a grader is read as JSON once more.`, fixes: [{ title: "Escape the line breaks again", safe: false, edits: [{ ...at, text: escaped }] }] };
    }
  },
};
