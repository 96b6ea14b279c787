export declare const EDITS: readonly string[];
