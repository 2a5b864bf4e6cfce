package dev.gearshift.sandbox.apiserver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request taken apart.
 *
 * @param method the HTTP method
 * @param segments the path's parts
 * @param query the query's parameters
 * @param contentType the media type of the body without parameters, may be empty
 * @param userAgent who asks, up to the first slash
 * @param body the body, may be empty
 */
record ApiRequest(
        String method,
        List<String> segments,
        Map<String, String> query,
        String contentType,
        String userAgent,
        String body) {

    static ApiRequest of(String method, String uri, String contentType, String userAgent, String body) {
        int mark = uri.indexOf('?');
        List<String> segments = new ArrayList<>();
        for (String part : (mark < 0 ? uri : uri.substring(0, mark)).split("/", -1)) {
            if (!part.isEmpty()) {
                segments.add(decode(part));
            }
        }
        Map<String, String> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : uri.substring(mark + 1).split("&", -1)) {
                int equal = pair.indexOf('=');
                if (!pair.isEmpty()) {
                    query.put(
                            decode(equal < 0 ? pair : pair.substring(0, equal)),
                            equal < 0 ? "" : decode(pair.substring(equal + 1)));
                }
            }
        }
        int semicolon = contentType.indexOf(';');
        int slash = userAgent.indexOf('/');
        return new ApiRequest(
                method.toUpperCase(Locale.ROOT),
                List.copyOf(segments),
                query,
                (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip(),
                slash < 0 ? userAgent : userAgent.substring(0, slash),
                body);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    boolean flag(String name) {
        return parameter(name).equals("true") || parameter(name).equals("1");
    }

    /** The writer managed fields will name. */
    String manager() {
        return parameter("fieldManager").isEmpty()
                ? userAgent.isEmpty() ? "unknown" : userAgent
                : parameter("fieldManager");
    }
}
