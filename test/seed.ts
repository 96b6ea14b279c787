import fc from 'fast-check';

/**
 * Property tests try the same inputs in each run, so that what a run says is about the change at hand. `SEED=<number>`
 * tries others.
 */
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 1) });
