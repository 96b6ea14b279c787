/** The message of an error, to be quoted; errors of hostile host objects may throw in turn. */
export function reasonOf(error: unknown): string {
  try {
    return error instanceof Error && typeof error.message === 'string' && error.message !== ''
      ? error.message
      : 'it throws when looked at';
  } catch {
    return 'it throws when looked at';
  }
}

/**
 * A message without what an error of somebody else said: it may quote what nobody could scan. Messages that quote one
 * all end as `… cannot be read…: <reason>.`
 */
export const withoutReason = (message: string): string =>
  message.replace(
    /(c(?:annot|ould not) be read[^:]{0,100}): (?!it (?:throws when looked at|is not an object)\.)[^]*$/,
    '$1.',
  );
