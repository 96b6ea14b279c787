/** Whether the host gave masking rules; what is no list is none that may be passed over. */
export const hasRules = (redact: unknown): boolean =>
  redact !== undefined && redact !== null && !(Array.isArray(redact) && redact.length === 0);
