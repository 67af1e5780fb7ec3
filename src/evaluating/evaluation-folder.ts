import { isAbsolute, join, relative, resolve, sep } from "node:path";

/** Where evaluations of one folder lie, as a path inside it. */
const place = [".tunesmith", "evaluations"] as const;

/** Where a folder keeps its reports and answers. */
export function evaluationFolder(root: string): string {
  return join(root, ...place);
}

/** Where it keeps the reports of plans. */
export function planReportFolder(root: string): string {
  return join(root, ...place, "plans");
}

/** The folder that a saved report belongs to. A report that lies elsewhere, an exported one say, belongs to its own folder. */
export function rootOfReport(report: string): string {
  const folder = resolve(report, "..");
  const ofPlan = resolve(folder, "..", "..", "..");
  if (planReportFolder(ofPlan) === folder) return ofPlan;
  const root = resolve(folder, "..", "..");
  return evaluationFolder(root) === folder ? root : folder;
}

/** A file as a report names it: relative to its folder with forward slashes where it lies in it, so that the report means the same on another machine. */
export function toReportPath(root: string, file: string): string {
  const path = relative(root, file);
  return path === "" || path.startsWith("..") || isAbsolute(path) ? file : path.split(sep).join("/");
}

/** The file that a report names. */
export function fromReportPath(root: string, path: string): string {
  return resolve(root, path);
}
