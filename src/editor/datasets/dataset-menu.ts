import type { TreeAction } from "../jobs/tree-menu.ts";

/** Every action of the tree of datasets. A node of it is the file's address, which each of the commands takes. */
export const datasetActions: readonly TreeAction[] = [
  { command: "tunesmith.dataset.browse", of: ["dataset"], inline: 1, group: "1_show@1" },
  { command: "tunesmith.dataset.check", of: ["dataset", "packed"], inline: 2, group: "1_show@2" },
  { command: "tunesmith.target.compare", of: ["dataset"], group: "1_show@3" },
  { command: "tunesmith.dataset.insights", of: ["dataset"], group: "1_show@5" },
  { command: "tunesmith.target.choose", of: ["dataset"], group: "1_show@4" },
  { command: "tunesmith.dataset.fixToNewFile", of: ["dataset"], if: "fixable", group: "2_make@1" },
  { command: "tunesmith.dataset.convert", of: ["dataset", "table"], inline: 3, group: "2_make@2" },
  { command: "tunesmith.dataset.split", of: ["dataset"], group: "2_make@3" },
  { command: "tunesmith.dataset.shape", of: ["dataset"], group: "2_make@4" },
  { command: "tunesmith.launch.create", of: ["dataset"], trusted: true, inline: 4, group: "3_train@1" },
  { command: "tunesmith.job.start", of: ["dataset"], trusted: true, group: "3_train@2" },
  { command: "tunesmith.dataset.upload", of: ["dataset"], trusted: true, group: "3_train@3" },
  { command: "tunesmith.dataset.moderate", of: ["dataset"], trusted: true, group: "3_train@5" },
  { command: "tunesmith.model.evaluate", of: ["dataset"], trusted: true, group: "3_train@4" },
];
