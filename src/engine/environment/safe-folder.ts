import { dirname } from "node:path";

/**
 * Where programs are run: Windows looks for a program in the folder that it is run in before it looks on PATH, and `python -m` for modules, so that in a
 * stranger's project a `python.exe` or a `venv.py` would run. Beside this program's Node only who installed it writes.
 */
export const safeFolder: string = dirname(process.execPath);
