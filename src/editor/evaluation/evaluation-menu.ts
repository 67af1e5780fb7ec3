import type { TreeAction } from "../jobs/tree-menu.ts";

/** Every action of the tree of evaluations. A report's node is its address. */
export const evaluationActions: readonly TreeAction[] = [
  { command: "tunesmith.evaluation.open", of: ["report"], inline: 1, group: "1_show@1" },
  { command: "tunesmith.evaluation.compare", of: ["report"], group: "1_show@2" },
  { command: "tunesmith.model.evaluate", of: ["unfinished"], trusted: true, inline: 1, group: "1_show@1" },
  { command: "tunesmith.plan.run", of: ["planUnfinished"], trusted: true, inline: 1, group: "1_show@1" },
];
