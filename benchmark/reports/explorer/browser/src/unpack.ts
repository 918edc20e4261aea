// Columns as the page holds them: see packed_column.py.

export type Numbers =
  | Int8Array | Uint8Array | Int16Array | Uint16Array
  | Int32Array | Uint32Array | Float32Array | Float64Array;

const TYPES = {
  int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array,
  int32: Int32Array, uint32: Uint32Array, float32: Float32Array, float64: Float64Array,
} as const;

async function inflated(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function unpacked(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const element = document.getElementById(id);
  const bytes = await inflated(element?.textContent ?? "");
  element?.remove();
  return bytes;
}

/** Name, type, length, and whether it holds differences. */
export type Index = [string, keyof typeof TYPES, number, 0 | 1][];

function column(planes: Uint8Array, type: keyof typeof TYPES, delta: boolean): Numbers {
  const kind = TYPES[type], size = kind.BYTES_PER_ELEMENT, length = planes.length / size;
  const bytes = new Uint8Array(planes.length);
  for (let plane = 0; plane < size; plane++) {
    const from = plane * length;
    for (let i = 0, to = plane; i < length; i++, to += size) bytes[to] = planes[from + i];
  }
  const values = new kind(bytes.buffer);
  // A typed array wraps around as the sum in Python does.
  if (delta) for (let i = 1; i < length; i++) values[i] += values[i - 1];
  return values;
}

/** The JSON data of the page and its columns by name. */
export async function readPage<T extends { columns: Index }>(): Promise<[T, Map<string, Numbers>]> {
  const [about, raw] = await Promise.all([unpacked("about"), unpacked("columns")]);
  const data = JSON.parse(new TextDecoder().decode(about)) as T;
  const columns = new Map<string, Numbers>();
  let at = 0;
  for (const [name, type, length, delta] of data.columns) {
    const end = at + length * TYPES[type].BYTES_PER_ELEMENT;
    columns.set(name, column(raw.subarray(at, end), type, delta === 1));
    at = end;
  }
  return [data, columns];
}
