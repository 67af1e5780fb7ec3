export { exactMatch } from "./metrics/exact-match.ts";
export { mcnemarExact } from "./statistics/mcnemar.ts";
export { newcombePairedInterval } from "./statistics/newcombe.ts";
export { minimumDetectableDifference, pairedPower, rowsStillNeeded } from "./statistics/power.ts";
export { ruleOfThree, wilsonHalfWidth, wilsonInterval } from "./statistics/wilson.ts";
