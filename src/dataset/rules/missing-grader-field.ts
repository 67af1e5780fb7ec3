import { findFormat } from "../formats/index.ts";
import { endOf, properties, property } from "../json-node.ts";
import { quote } from "../quote.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const missingGraderField: RecordRule = {
  id: "missing-grader-field",
  severity: "error",
  summary: "A reinforcement record has nothing beside its messages for the grader to judge answers by, or an empty one.",
  explanation: "A grader compares an answer with fields of the record, such as `{{item.reference_answer}}`; where the field lacks, every answer gets the same reward and nothing is learnt. Add the field.",
  source: "https://developers.openai.com/api/docs/guides/reinforcement-fine-tuning",
  *check({ tree, format, accepted }, { grader, title }) {
    if (!tree || !format || !accepted || !grader) return;
    const further = properties(tree).filter(({ name }) => !findFormat(format).keys.includes(name));
    const at = { start: tree.offset, end: endOf(tree) };
    if (grader.key !== undefined && !property(tree, grader.key)) yield { ...at, message: `This record has no "${grader.key}", by which ${title} judges answers.` };
    else if (further.length === 0) {
      const severity = severityOf(grader.absent ?? "refused");
      if (severity) yield { ...at, severity, message: `This record has nothing beside its messages; ${severity === "error" ? `the grader of ${title} needs` : `graders of ${title} usually need`} a field to judge answers by, such as "reference_answer".` };
    }
    for (const { name, value } of further) {
      if (value.type !== "null" && value.value !== "") continue;
      yield { start: value.offset, end: endOf(value), severity: "warning", message: `The grader's field ${quote(name)} is ${value.type === "null" ? "null" : "empty"}; expected what a right answer is judged by.` };
    }
  },
};
