package dev.freshet.state;

/** What every implementation of {@link StateStore} does; each has a test that extends this. */
abstract class StateStoreContract
    implements LastEventsContract, TimelineContract, ValidityContract {}
