package dev.gearshift.sandbox.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gearshift.sandbox.time.Seed;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.TreeMap;

/** Tells pod templates apart by ten characters; the order in which keys were written makes no difference. */
final class TemplateHash {

    static final String LABEL = "pod-template-hash";

    private static final ObjectMapper JSON = new ObjectMapper();

    private TemplateHash() {}

    static String of(PodTemplateSpec template) {
        String text = sorted(JSON.valueToTree(template)).toString();
        return "%010x".formatted(new Seed(0).of(text).value() & 0xFF_FFFF_FFFFL);
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isArray()) {
            var array = JSON.createArrayNode();
            node.forEach(element -> array.add(sorted(element)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        var fields = new TreeMap<String, JsonNode>();
        node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
        ObjectNode object = JSON.createObjectNode();
        fields.forEach(object::set);
        return object;
    }
}
