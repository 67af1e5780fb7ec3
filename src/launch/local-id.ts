/** The name of the engine on this machine, in launch files and everywhere else. */
export const localId = "local";
