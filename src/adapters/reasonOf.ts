/** What an error says, for a message; errors of hostile host objects may throw in turn. */
export function reasonOf(error: unknown): string {
  try {
    return error instanceof Error && typeof error.message === 'string' && error.message !== '' ? error.message : 'it throws when looked at';
  } catch {
    return 'it throws when looked at';
  }
}
