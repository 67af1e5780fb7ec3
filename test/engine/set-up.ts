import { localTraining, setUpMinutes } from "./local-training.ts";

/** Sets local training up once, where it is not, before several processes want it. Mocha calls it, and takes no time limit for it. */
export async function mochaGlobalSetup(): Promise<void> {
  const late = setTimeout(() => console.warn(`Setting up local training takes more than ${setUpMinutes} minutes.`), setUpMinutes * 60_000);
  await localTraining();
  clearTimeout(late);
}
