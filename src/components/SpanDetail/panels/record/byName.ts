/** `a.2.b` before `a.10.b`. */
export const byName = new Intl.Collator('en', { numeric: true }).compare;
