/** The judge itself, on trial: markets whose truth is known. */
export {};
