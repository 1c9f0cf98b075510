/** A mistake in how the local cloud was started: its message is all that its reader needs. */
export class StartError extends Error {}
