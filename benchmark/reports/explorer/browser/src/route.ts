// Every view has an address: its name, what it shows, and its settings, after the `#`.

export interface Route { path: string[]; settings: URLSearchParams }

export function route(): Route {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  return {
    path: path.split("/").filter(Boolean).map((part) => decodeURIComponent(part)),
    settings: new URLSearchParams(query ?? ""),
  };
}

/** Settings that go along from view to view. */
const CARRIED = ["truth", "from", "to"];

export function address(path: (string | number)[], settings: Record<string, string | number | null> = {}): string {
  const query = new URLSearchParams();
  const now = route().settings;
  for (const name of CARRIED) if (now.has(name)) query.set(name, now.get(name) ?? "");
  for (const [name, value] of Object.entries(settings)) {
    if (value === null || value === "") query.delete(name); else query.set(name, String(value));
  }
  const text = query.toString();
  return `#/${path.map((part) => encodeURIComponent(part)).join("/")}${text ? `?${text}` : ""}`;
}

/** Changes settings of the view that is shown, without a step in the browser's history. */
export function set(changes: Record<string, string | number | null>): void {
  const { path, settings } = route();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") settings.delete(name); else settings.set(name, String(value));
  }
  const text = settings.toString();
  history.replaceState(null, "", `#/${path.map(encodeURIComponent).join("/")}${text ? `?${text}` : ""}`);
}
