/** How a model learns: from answers (`sft`), from pairs of a better and a worse answer (`dpo`), or from a grader's scores (`rft`). */
export type TuningMethod = "sft" | "dpo" | "rft";

/** The methods by the names that the field uses. */
export const methodTitles: Readonly<Record<TuningMethod, string>> = {
  sft: "supervised fine-tuning",
  dpo: "preference fine-tuning (DPO)",
  rft: "reinforcement fine-tuning",
};
