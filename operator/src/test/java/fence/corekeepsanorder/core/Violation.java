package fence.corekeepsanorder.core;

import java.util.Map;

/** Makes a map whose order changes from JVM to JVM. */
final class Violation {
    Map<String, Integer> map() {
        return Map.of("a", 1, "b", 2);
    }
}
