package dev.gearshift.metrics.scrape;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.PodLoad;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.PodKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts the windows of one model's pods together to what is known of the model. */
final class ModelView {

    private final ScrapeSettings settings;
    private final Instant now;

    ModelView(ScrapeSettings settings, Instant now) {
        this.settings = settings;
        this.now = now;
    }

    /**
     * What is known of a model.
     *
     * @param targets its pods now
     * @param windows the windows of its pods, also of those that are gone
     */
    ModelObservation of(ModelKey model, List<Target> targets, SortedMap<PodKey, PodWindow> windows) {
        Optional<Instant> end = windows.values().stream()
                .map(PodWindow::lastGood)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
        SortedMap<PodKey, Target> present = new TreeMap<>();
        targets.forEach(target -> present.put(PodKey.of(target), target));
        SortedMap<String, PodLoad> pods = new TreeMap<>();
        present.keySet().forEach(key -> {
            PodWindow window = windows.get(key);
            pods.put(
                    key.pod(),
                    window == null ? new PodLoad(key.pod(), Freshness.ABSENT, 0, 0, 0) : window.load(key.pod(), now));
        });
        if (end.isEmpty()) {
            return new ModelObservation(
                    Freshness.ABSENT,
                    Optional.empty(),
                    tiers(present, windows).stream().map(TierLoad::absent).toList(),
                    pods);
        }
        double coverage = coverage(windows.values(), end.get());
        List<TierLoad> loads = new ArrayList<>();
        Optional<Freshness> worst = Optional.empty();
        for (TierName tier : tiers(present, windows)) {
            TierView view = view(model, tier, present, windows);
            TierLoad load = view.load(tier, end.get(), coverage);
            boolean replicas =
                    present.keySet().stream().anyMatch(key -> key.tier().equals(tier));
            if (replicas || load.freshness() != Freshness.ABSENT) {
                loads.add(load);
            }
            if (view.isDue() && (worst.isEmpty() || load.freshness().compareTo(worst.get()) > 0)) {
                worst = Optional.of(load.freshness());
            }
        }
        Duration age = Duration.between(end.get(), now);
        return new ModelObservation(
                worst.orElse(Freshness.ABSENT), Optional.of(age.isNegative() ? Duration.ZERO : age), loads, pods);
    }

    private static List<TierName> tiers(SortedMap<PodKey, Target> present, SortedMap<PodKey, PodWindow> windows) {
        TreeSet<TierName> tiers = new TreeSet<>();
        present.keySet().forEach(key -> tiers.add(key.tier()));
        windows.keySet().forEach(key -> tiers.add(key.tier()));
        return List.copyOf(tiers);
    }

    private TierView view(
            ModelKey model, TierName tier, SortedMap<PodKey, Target> present, SortedMap<PodKey, PodWindow> windows) {
        List<PodWindow> ready = new ArrayList<>();
        List<PodWindow> notReady = new ArrayList<>();
        List<PodWindow> gone = new ArrayList<>();
        for (Map.Entry<PodKey, PodWindow> entry : windows.entrySet()) {
            if (!entry.getKey().model().equals(model) || !entry.getKey().tier().equals(tier)) {
                continue;
            }
            Target target = present.get(entry.getKey());
            (target == null ? gone : target.ready() ? ready : notReady).add(entry.getValue());
        }
        return new TierView(settings, now, ready, notReady, gone);
    }

    /** For how many seconds of the planning window any pod was watched, or was known not to exist yet. */
    private double coverage(Collection<PodWindow> windows, Instant end) {
        Instant start = end.minus(settings.windows().planning());
        List<Increment> spans = windows.stream()
                .flatMap(window -> window.increments().stream())
                .filter(span -> span.to().isAfter(start))
                .sorted(Comparator.comparing(Increment::from))
                .toList();
        double covered = 0;
        Instant reached = start;
        for (Increment span : spans) {
            Instant from = span.from().isAfter(reached) ? span.from() : reached;
            if (from.isBefore(span.to())) {
                covered += Increment.seconds(from, span.to());
                reached = span.to();
            }
        }
        return covered;
    }
}
