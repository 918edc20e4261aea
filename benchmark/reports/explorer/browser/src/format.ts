// Numbers and moments in words; all times are UTC.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (n: number) => String(n).padStart(2, "0");

export function count(n: number): string { return Math.round(n).toLocaleString("en-GB"); }

export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

export function percent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  const hundred = share * 100;
  if (hundred === 0) return "0 %";
  const digits = hundred < 0.1 ? 2 : hundred < 10 ? 1 : 0;
  return `${hundred.toFixed(digits)} %`;
}

export function short(n: number): string {
  const steps: [number, string][] = [[1e9, "G"], [1e6, "M"], [1e3, "k"]];
  for (const [size, unit] of steps)
    if (Math.abs(n) >= size) return `${(n / size).toFixed(Math.abs(n) < 10 * size ? 1 : 0)}${unit}`;
  return String(Math.round(n));
}

export function score(n: number): string {
  if (!Number.isFinite(n) || n < -1e300) return "none";
  return Math.abs(n) >= 1000 ? count(n) : String(Number(n.toPrecision(3)));
}

export function day(ms: number): string {
  const t = new Date(ms);
  return `${t.getUTCDate()} ${MONTHS[t.getUTCMonth()]}`;
}

export function moment(ms: number, seconds = false): string {
  const t = new Date(ms);
  const clock = `${two(t.getUTCHours())}:${two(t.getUTCMinutes())}`;
  return `${day(ms)} ${clock}${seconds ? `:${two(t.getUTCSeconds())}` : ""}`;
}

export function date(ms: number): string { return `${day(ms)} ${new Date(ms).getUTCFullYear()}`; }

export function duration(ms: number): string {
  const units: [number, string][] = [[86_400_000, "day"], [3_600_000, "hour"], [60_000, "minute"], [1000, "second"]];
  for (const [size, name] of units) {
    if (ms >= size) {
      const many = Math.round(ms / size * 10) / 10;
      return `${many} ${name}${many === 1 ? "" : "s"}`;
    }
  }
  return `${Math.round(ms)} ms`;
}

/** A kind of event in words. */
export function words(name: string): string { return name.replace(/_/g, " ").replace(/^login/, "log-in"); }
