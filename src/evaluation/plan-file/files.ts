import type { JsoncPath } from "../../dataset/jsonc-stretch.ts";
import type { PlanFile } from "./schema.ts";

/** A dataset that a plan names: where, as what, and how it is written. */
export interface NamedFile {
  readonly path: JsoncPath;
  readonly called: string;
  readonly written: string;
}

/** The datasets that a plan names. */
export function filesOf({ test, training, guardRail }: Pick<PlanFile, "test" | "training" | "guardRail">): readonly NamedFile[] {
  return [
    ...(typeof test === "string" ? [{ path: ["test"], called: "test file", written: test }] : [{ path: ["test", "dataset"], called: "dataset", written: test.dataset }, { path: ["test", "frozen"], called: "list", written: test.frozen }]),
    ...(training === undefined ? [] : [{ path: ["training"], called: "training file", written: training }]),
    ...(guardRail === undefined ? [] : [{ path: ["guardRail", "test"], called: "guard-rail file", written: guardRail.test }]),
  ];
}
