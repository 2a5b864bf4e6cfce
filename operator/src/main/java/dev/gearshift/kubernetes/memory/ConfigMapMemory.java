package dev.gearshift.kubernetes.memory;

import dev.gearshift.core.KeptMemory;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.dependent.MemoryMap;
import dev.gearshift.kubernetes.dependent.ObjectNames;
import dev.gearshift.kubernetes.dependent.Owner;
import dev.gearshift.kubernetes.reconcile.Patches;
import dev.gearshift.kubernetes.view.Ownership;
import dev.gearshift.loop.MemoryStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is remembered in one ConfigMap for each model, which goes with the model. A model's is written at most every
 * {@link #INTERVAL} and when the operator stops, and only when it says something new. Writes of many models are spread: a plan starts no
 * more than twice its share of them. A ConfigMap of that name that is not the model's is neither read nor written.
 */
public final class ConfigMapMemory implements MemoryStore {

    /** From one write of a model to the next. */
    public static final Duration INTERVAL = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigMapMemory.class);
    private static final Duration READING = Duration.ofSeconds(30);

    /**
     * What is known of a model's ConfigMap.
     *
     * @param written what is in it
     * @param due before when it is not written
     */
    private record Known(Optional<KeptMemory> written, Instant due) {}

    private final KubernetesClient client;
    private final Function<ModelKey, Optional<ModelDeployment>> models;
    private final ExecutorService threads;
    private final Map<ModelKey, Known> known = new ConcurrentHashMap<>();
    private final Map<ModelKey, String> owners = new ConcurrentHashMap<>();
    private final Set<ModelKey> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile SortedMap<ModelKey, KeptMemory> newest = Collections.emptySortedMap();
    private volatile boolean stopped;
    private Optional<Instant> lastOffer = Optional.empty();

    /**
     * A store that knows of no ConfigMap yet.
     *
     * @param client the cluster
     * @param models model deployments, as they are now
     * @param threads what reads and writes run on
     */
    public ConfigMapMemory(
            KubernetesClient client, Function<ModelKey, Optional<ModelDeployment>> models, ExecutorService threads) {
        this.client = client;
        this.models = models;
        this.threads = threads;
    }

    @Override
    public SortedMap<ModelKey, KeptMemory> read(SortedSet<ModelKey> wanted, Instant now) {
        SortedMap<ModelKey, KeptMemory> found = new ConcurrentSkipListMap<>();
        all(
                wanted.stream()
                        .map(model -> task(() -> read(model, now).ifPresent(memory -> found.put(model, memory))))
                        .toList(),
                READING);
        SortedMap<ModelKey, KeptMemory> read = new TreeMap<>(found);
        read.forEach((model, memory) ->
                known.put(model, new Known(Optional.of(memory), memory.at().plus(INTERVAL))));
        if (!read.isEmpty()) {
            LOG.info("carries on with what was remembered of {} of {} models", read.size(), wanted.size());
        }
        return Collections.unmodifiableSortedMap(read);
    }

    private Optional<KeptMemory> read(ModelKey model, Instant now) {
        try {
            Optional<ModelDeployment> owner = models.apply(model);
            Optional<ConfigMap> map = owner.flatMap(its -> existing(model, its));
            String text = map.map(ConfigMap::getData)
                    .map(data -> data.get(MemoryMap.KEY))
                    .orElse(null);
            return text == null ? Optional.empty() : Optional.of(MemoryJson.read(text, now));
        } catch (MemoryJson.Unusable unusable) {
            LOG.warn("what was remembered of {} is not used: {}", model, unusable.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("what was remembered of {} cannot be had: {}", model, e.getMessage());
        }
        return Optional.empty();
    }

    /** The model's own ConfigMap; notes whether it may be written. */
    private Optional<ConfigMap> existing(ModelKey model, ModelDeployment owner) {
        ConfigMap map = client.configMaps()
                .inNamespace(model.namespace())
                .withName(ObjectNames.memory(model.name()))
                .get();
        if (map == null || Ownership.controls(owner, map)) {
            owners.put(model, owner.getMetadata().getUid());
            return Optional.ofNullable(map);
        }
        owners.remove(model);
        LOG.warn(
                "ConfigMap {} in {} does not belong to ModelDeployment {}: what is remembered of it is not kept",
                map.getMetadata().getName(),
                model.namespace(),
                model.name());
        return Optional.empty();
    }

    @Override
    public void offer(SortedMap<ModelKey, KeptMemory> memories, Instant now) {
        if (stopped) {
            return;
        }
        newest = memories;
        known.keySet().retainAll(memories.keySet());
        owners.keySet().retainAll(memories.keySet());
        int most = share(memories.size(), lastOffer.map(last -> Duration.between(last, now)));
        lastOffer = Optional.of(now);
        memories.keySet().stream()
                .filter(model -> !now.isBefore(due(model)) && isNews(model))
                .sorted(Comparator.comparing(this::due).thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .forEach(model -> {
                    known.put(model, new Known(written(model), now.plus(INTERVAL)));
                    threads.execute(() -> write(model, memories));
                });
    }

    /** Twice the models that are due in such a time when all are evenly spread. */
    private static int share(int models, Optional<Duration> since) {
        double part = since.map(time -> Math.min(1, (double) time.toMillis() / INTERVAL.toMillis()))
                .orElse(0.0);
        return Math.max(1, (int) Math.ceil(2 * part * models));
    }

    /**
     * Writes what was not written yet and takes nothing more. To be called while this operator still acts.
     *
     * @param patience how long is waited for it
     */
    public void stop(Duration patience) {
        stopped = true;
        SortedMap<ModelKey, KeptMemory> last = newest;
        all(
                last.keySet().stream()
                        .filter(this::isNews)
                        .map(model -> task(() -> write(model, last)))
                        .toList(),
                patience);
    }

    private boolean isNews(ModelKey model) {
        KeptMemory memory = newest.get(model);
        return memory != null && MemoryWorth.isNews(memory, written(model));
    }

    private Optional<KeptMemory> written(ModelKey model) {
        return Optional.ofNullable(known.get(model)).flatMap(Known::written);
    }

    private Instant due(ModelKey model) {
        Known its = known.get(model);
        return its == null ? Instant.MIN : its.due();
    }

    private void write(ModelKey model, SortedMap<ModelKey, KeptMemory> memories) {
        KeptMemory memory = memories.get(model);
        if (memory == null || !underWay.add(model)) {
            return;
        }
        try {
            Optional<ModelDeployment> owner = models.apply(model);
            if (owner.isEmpty() || !mayWrite(model, owner.get())) {
                return;
            }
            String text = MemoryJson.write(memory);
            if (text.length() > MemoryJson.LONGEST) {
                throw new IllegalStateException("it is too long");
            }
            ConfigMap map = MemoryMap.desired(model, text, Owner.of(owner.get()));
            client.resource(map).patch(Patches.APPLY, map);
            known.computeIfPresent(model, (any, before) -> new Known(Optional.of(memory), before.due()));
            failing.set(false);
        } catch (RuntimeException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.warn("what is remembered of {} cannot be kept, and maybe of others: {}", model, e.getMessage());
            }
        } finally {
            underWay.remove(model);
        }
    }

    /** Whether there is no ConfigMap of somebody else's; asked once for each model that lives. */
    private boolean mayWrite(ModelKey model, ModelDeployment owner) {
        if (!owner.getMetadata().getUid().equals(owners.get(model))) {
            existing(model, owner);
        }
        return owner.getMetadata().getUid().equals(owners.get(model));
    }

    private static Callable<Void> task(Runnable work) {
        return () -> {
            work.run();
            return null;
        };
    }

    private void all(List<Callable<Void>> tasks, Duration patience) {
        try {
            for (var done : threads.invokeAll(tasks, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                if (done.isCancelled()) {
                    LOG.warn("not every memory could be read or written within {}", patience);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
