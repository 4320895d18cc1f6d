import type { JSX } from "preact";
import type { Navigation } from "../route/use-route.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { levels } from "./line.ts";
import { formatFilter, type Search } from "./log-query.ts";
import { QueryField } from "./query-field.tsx";

export interface LogsBarProps {
  readonly navigation: Navigation;
  readonly search: Search;
  readonly services: readonly string[];
  readonly logql: string;
}

const every = { text: "All", value: "" };

/** What to look for and how to show it. All of it is in the address. */
export function LogsBar({ navigation, search, services, logql }: LogsBarProps): JSX.Element {
  const { parameters, change } = navigation;
  const flag = (name: string): boolean => parameters.get(name) === "1";
  const toggle = (name: string): void => change({ [name]: flag(name) ? undefined : "1" });
  const custom = search.custom !== undefined;
  return (
    <div class="bar">
      {custom ? (
        <QueryField query={search.custom ?? ""} onChange={(query) => change({ query })} />
      ) : (
        <>
          <Choice
            label="Service"
            multi
            options={services.map(asOption)}
            all={every}
            chosen={search.services.length ? search.services : [""]}
            onChange={(chosen) => change({ service: chosen.filter(Boolean) })}
          />
          <Choice
            label="Level"
            multi
            options={levels.map(asOption)}
            all={every}
            chosen={search.levels.length ? search.levels : [""]}
            onChange={(chosen) => change({ level: chosen.filter(Boolean) })}
          />
          <input
            class="field search"
            type="search"
            aria-label="Search"
            placeholder="Search in lines  ( / )"
            value={search.text}
            onInput={(event) => change({ q: event.currentTarget.value || undefined }, { replace: true })}
          />
        </>
      )}
      <Button
        title={custom ? "Back to the search fields" : "Write the query yourself"}
        pressed={custom}
        onClick={() => change({ query: custom ? undefined : logql })}
      >
        LogQL
      </Button>
      <Button icon="group" title="Group repeats" pressed={flag("group")} onClick={() => toggle("group")}>
        Group
      </Button>
      <Button
        icon={flag("oldest") ? "oldest" : "newest"}
        title="Newest or oldest first"
        onClick={() => toggle("oldest")}
      >
        {flag("oldest") ? "Oldest first" : "Newest first"}
      </Button>
      <Button
        icon={flag("live") ? "pause" : "play"}
        kind={flag("live") ? "primary" : "plain"}
        title="Follow new lines (l)"
        pressed={flag("live")}
        onClick={() => toggle("live")}
      >
        Live
      </Button>
      {search.filters.map((filter) => (
        <button
          key={formatFilter(filter)}
          type="button"
          class="chip"
          title="Remove this filter"
          onClick={() => change({ f: search.filters.filter((other) => other !== filter).map(formatFilter) })}
        >
          {filter.field} {filter.operator} {filter.value} ×
        </button>
      ))}
      {parameters.getAll("column").map((name) => (
        <button
          key={name}
          type="button"
          class="chip column"
          title="Remove this column"
          onClick={() => change({ column: parameters.getAll("column").filter((other) => other !== name) })}
        >
          {name} ×
        </button>
      ))}
    </div>
  );
}

function asOption(value: string): { readonly text: string; readonly value: string } {
  return { text: value, value };
}
