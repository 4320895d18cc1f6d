/** Minutes east of UTC in a zone at a time, and what the zone is called then. */
export function zoneAt(zone: string, ms: number): { minutes: number; abbreviation: string } {
  if (zone === "UTC") return { minutes: 0, abbreviation: "UTC" };
  const text = (style: "longOffset" | "short"): string =>
    new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: style })
      .formatToParts(ms)
      .find(({ type }) => type === "timeZoneName")?.value ?? "";
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(text("longOffset"));
  const minutes = found ? (Number(found[2]) * 60 + Number(found[3])) * (found[1] === "-" ? -1 : 1) : 0;
  const short = text("short");
  return { minutes, abbreviation: /^[A-Z]+$/.test(short) ? short : offsetText(minutes, "") };
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
