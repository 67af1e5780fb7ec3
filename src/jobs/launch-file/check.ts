import { checkChoices } from "./check-choices.ts";
import { checkData } from "./check-data.ts";
import { checkModel, checkService } from "./check-service.ts";
import type { JsoncProblem } from "../../dataset/jsonc-problem.ts";
import type { Surroundings } from "./problem.ts";
import type { LaunchFile } from "./schema.ts";

/** What of a launch cannot be, or is most likely not meant: of its service, model, method, hyperparameters, compute and files. Nothing is asked of anybody. */
export function checkLaunchFile(file: LaunchFile, surroundings: Surroundings): readonly JsoncProblem[] {
  const service = surroundings.services.find(({ id }) => id === file.service);
  return [
    ...checkService(file, surroundings),
    ...(service ? checkModel(file, service, surroundings.today) : []),
    ...(service ? checkChoices(file, service, surroundings) : []),
    ...checkData(file, service, surroundings),
  ];
}
