/** The time, so that use cases can be tested at any. */
export type Clock = () => Date;
