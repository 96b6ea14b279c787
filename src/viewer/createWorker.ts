// The build makes an address of it.
// oxlint-disable-next-line import/default
import address from '../worker.ts?worker&url';

/**
 * The worker in which the served page reads, by the one address that the page's policy of trusted types lets through. A
 * report is read on its page: its policy allows no worker.
 */
export const createWorker: (() => Worker) | undefined = document.querySelector('#inputs')
  ? undefined
  : () => new Worker((trusted ??= trust(address)), { type: 'module' });

/** A policy can be made once only. */
let trusted: string | URL | undefined;

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string | URL };
}

/** Browsers without trusted types take the address as it is. */
function trust(url: string): string | URL {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  return trustedTypes
    ? trustedTypes.createPolicy('spanwise', { createScriptURL: () => url }).createScriptURL(url)
    : url;
}
