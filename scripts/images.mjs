// Compares the digests that images are pinned by with what their registries say. `--write` takes over the registry's.
// Exit code 1 where one differs or can't be asked.
import { readFileSync, writeFileSync } from "node:fs";

const files = ["docker-compose.yml", "Dockerfile", "examples/django/Dockerfile"];
const pinned =
  /(?<=[\s=]|:-|^)(?<name>(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9._/-]+):(?<tag>v?\d+\.\d+\.\d+[\w.-]*)@(?<digest>sha256:[0-9a-f]{64})/g;
// An index, where there is one: its digest is that of the image on every platform.
const accept = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const paths = process.argv.slice(2).filter((arg) => arg !== "--write");
const write = process.argv.includes("--write");
const current = new Map();
for (const path of paths.length > 0 ? paths : files) {
  const before = readFileSync(path, "utf8");
  const found = new Map([...before.matchAll(pinned)].map((match) => [match[0], match.groups]));
  let after = before;
  for (const [text, { name, tag, digest }] of found) {
    const image = `${name}:${tag}`;
    if (!current.has(image)) current.set(image, await registryDigest(name, tag));
    const { digest: now, problem } = current.get(image);
    if (problem !== undefined) report(`unknown   ${image}: ${problem}`);
    else if (now === digest) console.log(`the same  ${image}@${digest}`);
    else if (write) console.log(`replaced  ${image}@${now}`);
    else report(`differs   ${image}: here ${digest}, there ${now}`);
    if (write && now !== undefined) after = after.replaceAll(text, `${image}@${now}`);
  }
  if (after !== before) writeFileSync(path, after);
}

function report(text) {
  console.log(text);
  process.exitCode = 1;
}

/** Ask the registry what a tag names. @see https://distribution.github.io/distribution/spec/api/ */
async function registryDigest(name, tag) {
  const { origin, repository } = locate(name);
  const url = `${origin}/v2/${repository}/manifests/${tag}`;
  try {
    let response = await fetch(url, { method: "HEAD", headers: { accept } });
    if (response.status === 401) {
      const authorization = `Bearer ${await token(response.headers.get("www-authenticate") ?? "")}`;
      response = await fetch(url, { method: "HEAD", headers: { accept, authorization } });
    }
    const digest = response.headers.get("docker-content-digest");
    return digest === null ? { problem: `the registry answered ${response.status}` } : { digest };
  } catch (error) {
    return { problem: error.cause?.message ?? error.message };
  }
}

function locate(name) {
  const [host, ...rest] = name.split("/");
  // As Docker reads it: a first part with a dot or a port is a host.
  if (rest.length === 0) return { origin: "https://registry-1.docker.io", repository: `library/${host}` };
  if (!/[.:]|^localhost$/.test(host)) return { origin: "https://registry-1.docker.io", repository: name };
  const scheme = /^(localhost|127\.0\.0\.1)(:|$)/.test(host) ? "http" : "https";
  return { origin: `${scheme}://${host}`, repository: rest.join("/") };
}

async function token(challenge) {
  const { realm, ...query } = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
  );
  const response = await fetch(`${realm}?${new URLSearchParams(query)}`);
  const { token: given } = await response.json();
  return given;
}
