export function resourceSpans(count: number, seed?: number): Generator<object>;
export function generateDocument(count: number, seed?: number): { readonly resourceSpans: readonly object[] };
