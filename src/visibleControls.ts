/**
 * Direction marks and control characters that can make text read as other than it is; line breaks and tabs are left
 * alone.
 */
// They are what this is about.
// oxlint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** The text with such characters written out, `⟨U+202E⟩`, so that nothing in it hides or turns round what follows. */
export const visibleControls = (text: string): string =>
  text.replace(HIDDEN, (char) => `⟨U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
