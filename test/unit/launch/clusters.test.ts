import assert from "node:assert/strict";
import { toldCluster } from "../../../src/engine/executors/cluster.ts";
import { readClusters, tellable } from "../../../src/launch/clusters.ts";

describe("the clusters of the user's settings", () => {
  const refused = (value: unknown): string[] => {
    const sentences: string[] = [];
    assert.deepEqual(readClusters({ lab: value }, (name, sentence) => sentences.push(`${name}: ${sentence}`)), []);
    return sentences;
  };

  it("are addresses by name, or say more", () => {
    const more = { address: "https://ray.example/dashboard/", python: "/opt/venv/bin/python", models: { small: "/models/small" }, tokenVariable: "LAB_TOKEN" };
    assert.deepEqual(readClusters({ lab: " http://127.0.0.1:8265 ", hall: more }), [{ name: "lab", address: "http://127.0.0.1:8265" }, { name: "hall", ...more }]);
    for (const none of [undefined, null, [], "x", 1]) assert.deepEqual(readClusters(none), []);
  });

  it("are left out and told when they cannot be used, be it address, list or name", () => {
    for (const address of ["", "lab", "ftp://lab", "http://user:secret@lab:8265", "http://lab:8265/?token=secret", 1, undefined]) assert.match(refused({ address })[0] ?? "", /^lab: its "address" is no address of a Ray dashboard/);
    for (const [part, expected] of [[{ python: 1 }, /no path/], [{ packages: "trl" }, /no list/], [{ models: { a: 1 } }, /no names/]] as const) assert.match(refused({ address: "http://lab:8265", ...part })[0] ?? "", expected);
  });

  it("send a token over https or to this machine only, and never repeat what stands in its place", () => {
    assert.match(refused({ address: "http://lab:8265", tokenVariable: "LAB_TOKEN" })[0] ?? "", /a token goes over https, or to this machine, only.*ssh -L/);
    const [sentence = ""] = refused({ address: "http://127.0.0.1:8265", tokenVariable: "sk secret" });
    assert.match(sentence, /no name of an environment variable/);
    assert.ok(!sentence.includes("secret"));
  });

  it("are told to the engine with the token out of the environment, as the engine takes them", () => {
    const clusters = readClusters({ lab: { address: "http://localhost:8265", tokenVariable: "LAB_TOKEN" } });
    assert.deepEqual(tellable(clusters, { LAB_TOKEN: " t " }), [{ name: "lab", address: "http://localhost:8265", token: "t" }]);
    assert.deepEqual(tellable(clusters, {}), [{ name: "lab", address: "http://localhost:8265" }]);
    for (const each of tellable(clusters, { LAB_TOKEN: "t" })) assert.ok(toldCluster.safeParse(each).success);
    assert.ok(!toldCluster.safeParse({ name: "lab", address: "http://lab:8265", token: "t" }).success);
  });
});
