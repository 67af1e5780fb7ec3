/** What a dataset is for; what is measured with a later one must not stand in an earlier one. */
export const sides = ["training", "validation", "test"] as const;
export type Side = (typeof sides)[number];

const words: Readonly<Record<string, Side>> = {
  val: "validation", valid: "validation", validation: "validation", validate: "validation", dev: "validation",
  test: "test", tests: "test", testing: "test", eval: "test", evals: "test", evaluation: "test", holdout: "test", heldout: "test",
  train: "training", training: "training",
};

/** The side that a file is on by its name, or by the name of its folder: what is called neither validation nor test is training data. */
export function sideOf(path: string): Side {
  const [name = "", folder = ""] = path.split(/[\\/]/).reverse();
  for (const part of [name, folder]) {
    const known = part.toLowerCase().split(/[^a-z]+/).flatMap((word) => words[word] ?? []);
    if (known.length > 0) return known.at(-1) ?? "training";
  }
  return "training";
}
