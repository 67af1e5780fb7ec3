import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { stateFolder } from "../../../src/launch/state-folder.ts";

describe("the folder of a user's launches", () => {
  it("is where the system keeps such things, unless the user says another", () => {
    assert.equal(stateFolder({ TUNESMITH_STATE: "/mine" }, "linux"), "/mine");
    assert.equal(stateFolder({ XDG_STATE_HOME: "/state" }, "linux"), join("/state", "tunesmith"));
    assert.equal(stateFolder({ XDG_STATE_HOME: "" }, "linux"), join(homedir(), ".local", "state", "tunesmith"));
    assert.equal(stateFolder({}, "darwin"), join(homedir(), "Library", "Application Support", "tunesmith"));
    assert.equal(stateFolder({ LOCALAPPDATA: "/local" }, "win32"), join("/local", "tunesmith", "state"));
  });
});
