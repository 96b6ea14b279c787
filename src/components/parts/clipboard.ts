/** Whether it could be copied: pages without a secure origin have no clipboard, others may be refused it. */
export async function copyToClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
