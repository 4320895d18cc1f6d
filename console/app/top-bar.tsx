import type { JSX } from "preact";
import type { Navigation } from "../route/use-route.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import type { Theme } from "../ui/theme.ts";
import { TimePicker } from "../ui/time-picker.tsx";
import type { Clock } from "./use-clock.ts";

export interface TopBarProps {
  readonly title: string;
  readonly navigation: Navigation;
  readonly clock: Clock;
  readonly theme: Theme;
  readonly hasTime: boolean;
  readonly toggleTheme: () => void;
  readonly onHelp: () => void;
}

const refreshes = ["5s", "10s", "30s", "1m", "5m"];

export function TopBar({
  title,
  navigation,
  clock,
  theme,
  hasTime,
  toggleTheme,
  onHelp,
}: TopBarProps): JSX.Element {
  const { every } = clock;
  const offered = every === "" || refreshes.includes(every) ? refreshes : [every, ...refreshes];
  return (
    <header class="top">
      <h2>{title}</h2>
      {hasTime && (
        <>
          <TimePicker range={clock.rawRange} onChange={({ from, to }) => navigation.change({ from, to })} />
          <Button icon="refresh" title="Refresh (r)" onClick={clock.refresh} />
          <Choice
            label="Every"
            multi={false}
            options={offered.map((value) => ({ text: value, value }))}
            all={{ text: "Off", value: "" }}
            chosen={[every]}
            onChange={([value]) => navigation.change({ refresh: value || "off" })}
          />
        </>
      )}
      <Button
        icon={theme === "dark" ? "sun" : "moon"}
        kind="quiet"
        title="Light or dark (t)"
        onClick={toggleTheme}
      />
      <Button icon="keyboard" kind="quiet" title="Keys (?)" onClick={onHelp} />
    </header>
  );
}
