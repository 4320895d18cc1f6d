/** Minutes east of UTC in a zone at a time, and what the zone is called then. An unknown zone is UTC. */
export function zoneAt(zone: string, ms: number): { minutes: number; abbreviation: string } {
  if (zone === "UTC") return { minutes: 0, abbreviation: "UTC" };
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(zoneText(zone, ms, { locale: "en-US", style: "longOffset" }));
  const minutes = found ? (Number(found[2]) * 60 + Number(found[3])) * (found[1] === "-" ? -1 : 1) : 0;
  return { minutes, abbreviation: abbreviationOf(zone, ms) ?? offsetText(minutes, "") };
}

/** Whether the zone is one of the IANA database. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: zone });
    return true;
  } catch {
    // Intl throws for a zone it does not know.
    return false;
  }
}

// Each English locale abbreviates the zones of its part of the world, and writes offsets for the others.
const locales = ["en-US", "en-GB", "en-IN", "en-AU", "en-NZ", "en-ZA"];

function abbreviationOf(zone: string, ms: number): string | undefined {
  const texts = locales.map((locale) => zoneText(zone, ms, { locale, style: "short" }));
  return texts.find((text) => /^[A-Z]+$/.test(text));
}

function zoneText(
  zone: string,
  ms: number,
  { locale, style }: { locale: string; style: "longOffset" | "short" },
): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: style }).formatToParts(ms);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** Write an offset as a layout asks: `07`, `0700`, `07:00`; without one, as an unnamed zone is called. */
export function offsetText(minutes: number, layout: string): string {
  const sign = minutes < 0 ? "-" : "+";
  const [hours, rest] = [pad(Math.floor(Math.abs(minutes) / 60)), pad(Math.abs(minutes) % 60)];
  if (layout === "07") return sign + hours;
  if (layout === "") return rest === "00" ? sign + hours : sign + hours + rest;
  return `${sign}${hours}${layout.includes(":") ? ":" : ""}${rest}`;
}

/** Two digits. */
export function pad(value: number): string {
  return String(value).padStart(2, "0");
}
