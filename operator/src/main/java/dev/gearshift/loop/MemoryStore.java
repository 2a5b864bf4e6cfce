package dev.gearshift.loop;

import dev.gearshift.core.KeptMemory;
import dev.gearshift.core.model.ModelKey;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;

/** Where what is remembered outlives the process. A store that cannot read or write costs memory, never a plan. */
public interface MemoryStore {

    /** A store that keeps nothing. */
    MemoryStore NONE = new MemoryStore() {
        @Override
        public SortedMap<ModelKey, KeptMemory> read(SortedSet<ModelKey> models, Instant now) {
            return Collections.emptySortedMap();
        }

        @Override
        public void offer(SortedMap<ModelKey, KeptMemory> memories, Instant now) {}
    };

    /**
     * What was remembered of models last. Waits for it, but not for long.
     *
     * @param models which models; not empty
     * @param now the present
     * @return what is kept and can be used; models of which there is nothing are left out
     */
    SortedMap<ModelKey, KeptMemory> read(SortedSet<ModelKey> models, Instant now);

    /**
     * Takes what is remembered after a plan. The store decides what of it to write and when, and returns without waiting for it.
     *
     * @param memories what is remembered of every model of the fleet
     * @param now the present
     */
    void offer(SortedMap<ModelKey, KeptMemory> memories, Instant now);
}
