// The recording, the findings and the truth, as the views ask for them.

import { readPage, type Index, type Numbers } from "./unpack";

export interface Phase { name: string; said: string; time: number; accounts: number }
export interface Group {
  name: string; sham: boolean; kind: string; about: string; longer: string; phases: Phase[];
}
export interface TruthAbout {
  scenario: string; seed: number; title: string; summary: string; settings: string; note: string;
  groups: Group[]; responses: [number, number, string, string][];
}
export interface DetectorAbout {
  name: string; about: string; control: boolean; threshold: number | null;
  calibrated: boolean; clusters: boolean; reasons: string[];
}
export interface About {
  start: number; end: number; reviews: number[]; synthetic: boolean;
  missing: Record<string, string[]>; releases: [string, number][]; truth: TruthAbout | null;
  accounts: number; requests: number; held: number; share: number;
  seed: number | null;
  account: { names: Record<string, string[]>; display: string[] };
  request: { unit: number; names: Record<string, string[]> };
  activity: { kinds: string[]; share: number };
  entity: Record<string, Record<string, string[]>>;
  shared: { title: string; plural: string; table: string | null; links: boolean; labels: string[] }[];
  network: { most_users: number; left_out: number };
  detectors: DetectorAbout[];
  columns: Index;
}

export interface Detector extends DetectorAbout {
  score: Numbers; cluster: Numbers; reason: Numbers; begin: Numbers; review: Numbers; rise: Numbers;
  /** Number of the first review at which an account is flagged, -1 for never. */
  flagged: Int32Array;
  /** Share of accounts with a higher score, equal ones counted half. */
  place: Float32Array;
  alerts: number;
}

export interface SharedKind {
  title: string; plural: string; table: string | null; links: boolean; labels: string[];
  place: Numbers; thing: Numbers;
  /** Where the pairs of each account begin in `byAccount`, and of each thing in `place`. */
  accountBegin: Uint32Array; byAccount: Uint32Array; thingBegin: Map<number, [number, number]>;
}

const NEVER = 2 ** 31 - 1;
const WITHOUT_THRESHOLD = 0.01;

export class World {
  readonly accounts: number;
  readonly rows: number;
  readonly span: number;
  readonly id: Numbers;
  readonly begin: Numbers;
  readonly time: Numbers;
  readonly unit: number;
  readonly activityBegin: Numbers;
  readonly detectors: Detector[];
  readonly shared: SharedKind[];
  readonly groups: Group[];
  /** Account of each request. */
  readonly owner: Uint32Array;
  private placeOf = new Map<number, number>();

  constructor(readonly about: About, private columns: Map<string, Numbers>) {
    this.id = this.column("account.id");
    this.accounts = this.id.length;
    this.begin = this.column("request.begin");
    this.time = this.column("request.time");
    this.unit = about.request.unit;
    this.rows = this.time.length;
    this.span = about.end - about.start;
    this.activityBegin = this.column("activity.begin");
    this.groups = about.truth?.groups ?? [];
    this.owner = new Uint32Array(this.rows);
    for (let a = 0; a < this.accounts; a++) {
      this.placeOf.set(this.id[a], a);
      this.owner.fill(a, this.begin[a], this.begin[a + 1]);
    }
    this.detectors = about.detectors.map((one, n) => this.detector(one, n));
    this.shared = about.shared.map((one, n) => this.sharedKind(one, n));
  }

  column(name: string): Numbers {
    const found = this.columns.get(name);
    if (!found) throw new Error(`the page lacks the column ${name}`);
    return found;
  }

  /** Index of an account by its id; -1 if there is none. */
  place(id: number): number { return this.placeOf.get(id) ?? -1; }

  name(account: number): string { return this.about.account.display[account]; }

  /** Milliseconds from the start to a request. */
  at(row: number): number { return this.time[row] * this.unit; }

  flag(row: number): boolean {
    const bits = this.columns.get("truth.flag");
    return bits ? (bits[row >> 3] >> (row & 7) & 1) === 1 : false;
  }

  /** The group that an account belongs to, that of its campaign if it is ever abused. */
  group(account: number): number { return this.columns.get("truth.sham")?.[account] ?? -1; }

  isSham(account: number): boolean { return this.groups[this.group(account)]?.sham ?? false; }

  /** The group that is behind a request at its time. */
  groupAt(account: number, ms: number): number {
    const from = this.column("truth.from")[account], until = this.column("truth.until")[account];
    const abused = ms / 1000 >= from && (until === NEVER || ms / 1000 < until);
    return abused ? this.group(account) : this.column("truth.honest")[account];
  }

  /** What a thing is called. */
  label(table: string, code: number): string {
    if (code < 0) return "none";
    const names = this.about.entity[table];
    const parts = Object.keys(names).map((c) => names[c][this.column(`${table}.${c}`)[code]]);
    return parts.filter((part) => part !== undefined && part !== "").join(" · ");
  }

  thingLabel(kind: number, thing: number): string {
    const one = this.shared[kind];
    return one.table ? this.label(one.table, thing) : one.labels[thing] ?? String(thing);
  }

  thingId(kind: number, thing: number): string {
    const one = this.shared[kind];
    return one.table ? `${one.title} ${this.column(`${one.table}.id`)[thing]}` : one.title;
  }

  private detector(about: DetectorAbout, n: number): Detector {
    const own = (name: string) => this.column(`detector.${n}.${name}`);
    const score = own("score"), begin = own("begin"), rise = own("rise"), review = own("review");
    const many = this.accounts, place = new Float32Array(many);
    const order = Uint32Array.from(score.keys()).sort((a, b) => score[b] - score[a]);
    for (let i = 0; i < many;) {
      let j = i;
      while (j < many && score[order[j]] === score[order[i]]) j++;
      for (let k = i; k < j; k++) place[order[k]] = (i + j) / 2 / many;
      i = j;
    }
    let limit = about.threshold ?? Infinity;
    if (!about.calibrated) {
      // No operating point is known: the accounts with the highest scores, one in a hundred.
      limit = score[order[Math.min(many - 1, Math.floor(many * WITHOUT_THRESHOLD))]] ?? Infinity;
    }
    const flagged = new Int32Array(many).fill(-1);
    let alerts = 0;
    for (let a = 0; a < many; a++) {
      for (let i = begin[a]; i < begin[a + 1]; i++) {
        if (rise[i] > limit) { flagged[a] = review[i]; alerts++; break; }
      }
    }
    return { ...about, threshold: Number.isFinite(limit) ? limit : null, score, begin, rise, review,
      cluster: own("cluster"), reason: own("reason"), flagged, place, alerts };
  }

  private sharedKind(about: About["shared"][number], n: number): SharedKind {
    const place = this.column(`shared.${n}.place`), thing = this.column(`shared.${n}.thing`);
    const accountBegin = new Uint32Array(this.accounts + 2);
    for (const a of place) accountBegin[a + 2]++;
    for (let a = 2; a < accountBegin.length; a++) accountBegin[a] += accountBegin[a - 1];
    const byAccount = new Uint32Array(place.length), thingBegin = new Map<number, [number, number]>();
    for (let i = 0; i < place.length; i++) {
      byAccount[accountBegin[place[i] + 1]++] = i;
      const known = thingBegin.get(thing[i]);
      if (known) known[1] = i + 1; else thingBegin.set(thing[i], [i, i + 1]);
    }
    return { ...about, place, thing, accountBegin, byAccount, thingBegin };
  }

  /** Accounts that use a thing. */
  users(kind: number, thing: number): number[] {
    const range = this.shared[kind].thingBegin.get(thing);
    return range ? Array.from(this.shared[kind].place.subarray(...range)) : [];
  }

  /** Shared things of an account: kind and thing. */
  things(account: number): [number, number][] {
    const found: [number, number][] = [];
    this.shared.forEach((kind, k) => {
      for (let i = kind.accountBegin[account]; i < kind.accountBegin[account + 1]; i++)
        found.push([k, kind.thing[kind.byAccount[i]]]);
    });
    return found;
  }

  /** How many detectors that are no controls flag an account. */
  flags(account: number): number {
    let many = 0;
    for (const one of this.detectors) if (!one.control && one.flagged[account] >= 0) many++;
    return many;
  }
}

export async function readWorld(): Promise<World> {
  const [about, columns] = await readPage<About>();
  return new World(about, columns);
}
