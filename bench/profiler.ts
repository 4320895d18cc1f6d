import { type Profiler, Session } from "node:inspector/promises";

// Started over the inspector rather than by --cpu-prof, so that start-up and warm-up stay out of the picture.
const session = new Session();

export async function startProfile(): Promise<boolean> {
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  return true;
}

export async function stopProfile(): Promise<Profiler.Profile> {
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return profile;
}
