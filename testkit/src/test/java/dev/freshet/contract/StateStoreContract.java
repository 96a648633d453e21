package dev.freshet.contract;

import dev.freshet.state.StateStore;

/** What every implementation of {@link StateStore} does; each has a test that extends this. */
public abstract class StateStoreContract
    implements LastEventsContract, TimelineContract, ValidityContract {}
