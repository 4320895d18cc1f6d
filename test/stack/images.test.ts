import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "../support/client.ts";
import { freePort } from "../support/free-port.ts";
import { until } from "../support/poll.ts";
import { runTool, toolPath } from "./tools.ts";

const registryProgram = toolPath("docker-registry");
const folder = mkdtempSync(join(tmpdir(), "images-"));
const wrong = `sha256:${"0".repeat(64)}`;

describe.skipIf(!registryProgram)("npm run images, with a real registry", () => {
  let stop: () => void;
  let image: string;
  let digest: string;

  beforeAll(async () => {
    const port = await freePort();
    writeFileSync(
      join(folder, "registry.yml"),
      `version: 0.1\nstorage: {filesystem: {rootdirectory: ${folder}/data}}\nhttp: {addr: 127.0.0.1:${port}}\n`,
    );
    const registry = spawn(registryProgram ?? "", ["serve", join(folder, "registry.yml")], {
      stdio: "ignore",
    });
    stop = () => registry.kill();
    const url = `http://127.0.0.1:${port}`;
    await until(
      () =>
        ask(`${url}/v2/`).then(
          ({ status }) => status,
          () => 0,
        ),
      (status) => status === 200,
      10_000,
    );
    image = `127.0.0.1:${port}/some/image:1.2.3`;
    digest = await push(url, "some/image", "1.2.3");
  });
  afterAll(() => stop());

  it("says which digest is the same, differs, or can't be had", () => {
    expect(images([`image: ${image}@${digest}`])).toMatchObject({
      code: 0,
      output: `the same  ${image}@${digest}\n`,
    });
    const differing = images([`image: ${image}@${wrong}`]);
    expect(differing).toMatchObject({
      code: 1,
      output: `differs   ${image}: here ${wrong}, there ${digest}\n`,
    });
    const unknown = images([`image: ${image.replace("1.2.3", "9.9.9")}@${wrong}`]);
    expect(unknown.code).toBe(1);
    expect(unknown.output).toContain("the registry answered 404");
  });

  it("takes over the registry's digest when told to", () => {
    const path = file([`image: ${image}@${wrong}`, `again: ${image}@${wrong}`]);
    expect(runTool(process.execPath, ["scripts/images.mjs", path, "--write"]).code).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(`image: ${image}@${digest}\nagain: ${image}@${digest}`);
  });
});

function images(lines: readonly string[]): ReturnType<typeof runTool> {
  return runTool(process.execPath, ["scripts/images.mjs", file(lines)]);
}

function file(lines: readonly string[]): string {
  const path = join(folder, "compose.yml");
  writeFileSync(path, lines.join("\n"));
  return path;
}

/** Push the smallest image there can be; answers its digest. */
async function push(url: string, repository: string, tag: string): Promise<string> {
  const config = Buffer.from("{}");
  const { headers } = await ask(`${url}/v2/${repository}/blobs/uploads/`, { method: "POST" });
  await ask(`${String(headers.location)}&digest=${sha256(config)}`, { method: "PUT", body: config });
  const type = "application/vnd.docker.distribution.manifest.v2+json";
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: "application/vnd.docker.container.image.v1+json", size: 2, digest: sha256(config) },
    layers: [],
  });
  const pushed = await ask(`${url}/v2/${repository}/manifests/${tag}`, {
    method: "PUT",
    headers: { "content-type": type },
    body: manifest,
  });
  expect(pushed.status, pushed.text).toBe(201);
  return sha256(Buffer.from(manifest));
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
