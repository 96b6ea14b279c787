import type { Trace } from '../../src/model/types.ts';

/** The same trace, whose columns count how often a number of a span is read. Searches of the engine's own count nothing. */
export function countReads(of: Trace): { readonly trace: Trace; reads(): number } {
  let reads = 0;
  const counting = <Column extends object>(column: Column): Column =>
    new Proxy(column, {
      get(target, name) {
        if (typeof name === 'string' && /^\d+$/.test(name)) reads += 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const columns = Object.fromEntries(
    Object.entries(of.columns).map(([name, column]) => [name, ArrayBuffer.isView(column) ? counting(column) : column]),
  );
  return { trace: Object.create(of, { columns: { value: columns } }) as Trace, reads: () => reads };
}
