package dev.gearshift.sandbox.apiserver;

/**
 * How a write is to be done.
 *
 * @param manager who writes, as managed fields name it
 * @param subresource {@code status}, {@code scale} or empty for the object itself
 * @param dryRun check everything and store nothing
 * @param strict refuse unknown fields instead of dropping them
 * @param force take fields over from other managers (apply only)
 * @param typed the object comes from a typed one, so its types and fields need no check
 */
record WriteOptions(String manager, String subresource, boolean dryRun, boolean strict, boolean force, boolean typed) {

    static WriteOptions by(String manager, String subresource) {
        return new WriteOptions(manager, subresource, false, false, false, true);
    }

    boolean onStatus() {
        return subresource.equals("status");
    }
}
