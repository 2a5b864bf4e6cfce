package dev.gearshift.metrics.prometheus;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * By which labels series tell the pod they are of. Scraping puts them on: namespace and pod come with every pod target, the others from
 * the pod's labels {@code gearshift.dev/model-deployment} and {@code gearshift.dev/tier}.
 *
 * @param namespace the label with the pod's namespace
 * @param pod the label with the pod's name
 * @param model the label with the model deployment's name
 * @param tier the label with the tier's name
 * @param only what every series must carry besides, such as the cluster where a store holds several
 */
public record TargetLabels(String namespace, String pod, String model, String tier, SortedMap<String, String> only) {

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** As the Prometheus operator names them when it is told to keep the two pod labels. */
    public static final TargetLabels DEFAULT = new TargetLabels(
            "namespace", "pod", "gearshift_dev_model_deployment", "gearshift_dev_tier", new TreeMap<>());

    public TargetLabels {
        only = Collections.unmodifiableSortedMap(new TreeMap<>(only));
        for (String label : List.of(namespace, pod, model, tier)) {
            named(label);
        }
        only.keySet().forEach(TargetLabels::named);
    }

    private static void named(String label) {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("\"" + label + "\" is no name of a label in Prometheus");
        }
    }

    /** These, for series that carry such labels besides. */
    public TargetLabels only(SortedMap<String, String> others) {
        return new TargetLabels(namespace, pod, model, tier, others);
    }
}
