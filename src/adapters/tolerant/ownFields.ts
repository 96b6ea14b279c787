/** The source of a record without the fields in which other records stand; itself where it has none of these. */
export function ownFields(source: object, inner: readonly string[] | undefined): object {
  if (!inner) return source;
  try {
    return inner.some((field) => field in source)
      ? Object.fromEntries(Object.entries(source).filter(([field]) => !inner.includes(field)))
      : source;
  } catch {
    // A host object that throws when looked at.
    return source;
  }
}
