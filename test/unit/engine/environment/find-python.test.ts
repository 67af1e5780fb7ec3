import assert from "node:assert/strict";
import { findPython, type AskPython } from "../../../../src/engine/environment/find-python.ts";

const good = (path: string): readonly string[] => [path, "True", "3.12", "True"];
/** A machine on which these commands are Pythons, and no others. */
const machine = (pythons: Record<string, readonly string[]>): AskPython => (command, parameters) => Promise.resolve(pythons[[command, ...parameters].join(" ")] ?? []);

describe("findPython", () => {
  it("gives the path of the first suitable Python on PATH", async () => {
    assert.equal(await findPython(undefined, "linux", machine({ python3: good("/usr/bin/python3"), python: good("/opt/python") })), "/usr/bin/python3");
  });

  it("passes over one that is too old for one that is named with its version", async () => {
    assert.equal(await findPython(undefined, "darwin", machine({ python3: ["/usr/bin/python3", "False", "3.9", "True"], "python3.12": good("/opt/homebrew/bin/python3.12") })), "/opt/homebrew/bin/python3.12");
  });

  it("asks Windows' launcher first, and passes over the stub of the Store, which says nothing", async () => {
    assert.equal(await findPython(undefined, "win32", machine({ "py -3": good("C:\\Python\\python.exe"), python: good("C:\\other.exe") })), "C:\\Python\\python.exe");
    await assert.rejects(findPython(undefined, "win32", machine({ python: [] })), /needs Python 3\.11 or newer\. None was found on PATH\. Install one with "winget install/);
  });

  it("takes the one that was named, and no other", async () => {
    const pythons = machine({ "/opt/python": good("/opt/python"), python3: good("/usr/bin/python3") });
    assert.equal(await findPython("/opt/python", "linux", pythons), "/opt/python");
    await assert.rejects(findPython("/none", "linux", pythons), /\/none is no Python that can be started\./);
  });

  it("says of each unsuitable one what is wrong with it", async () => {
    const pythons = machine({ python3: ["/usr/bin/python3", "False", "3.10", "True"], python: ["/usr/bin/python3", "False", "3.10", "True"], "python3.11": ["/usr/bin/python3.11", "True", "3.11", "False"] });
    await assert.rejects(findPython(undefined, "linux", pythons), (error: Error) => {
      assert.equal(error.message.match(/is Python 3\.10/g)?.length, 1, error.message);
      assert.match(error.message, /\/usr\/bin\/python3\.11 cannot make virtual environments; on Debian and Ubuntu, install python3-venv\./);
      return true;
    });
  });

  it("does not take another program for a Python", async () => {
    await assert.rejects(findPython(process.execPath), /is no Python that can be started\./);
  });
});
