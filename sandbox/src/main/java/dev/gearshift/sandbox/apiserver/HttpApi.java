package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.tree.Json;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The server's face: every request of every client enters through {@link #answer}. */
final class HttpApi extends Dispatcher {

    private static final String APPLY = "application/apply-patch+yaml";

    private final Shelf shelf;
    private final ResourceTypes types;
    private final Verbs verbs;
    private final Watches watches;
    private final RequestCounters counters;
    private final Pause pause;
    private volatile Interference interference = Interference.NONE;

    HttpApi(Shelf shelf, ResourceTypes types, Verbs verbs, Watches watches, RequestCounters counters, Pause pause) {
        this.pause = pause;
        this.shelf = shelf;
        this.types = types;
        this.verbs = verbs;
        this.watches = watches;
        this.counters = counters;
    }

    /** Decides from now on what becomes of requests. */
    void interfere(Interference by) {
        interference = by;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        try {
            pause.await();
            return answer(ApiRequest.of(
                    request.getMethod(),
                    request.getPath(),
                    Objects.requireNonNullElse(request.getHeader("Content-Type"), ""),
                    Objects.requireNonNullElse(request.getHeader("User-Agent"), ""),
                    Objects.requireNonNullElse(request.getUtf8Body(), "")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return json(
                    503,
                    Json.write(ApiError.of(503, "ServiceUnavailable", "the server stops")
                            .toStatus()));
        } catch (ApiError e) {
            return json(e.code(), Json.write(e.toStatus()));
        } catch (RuntimeException e) {
            return json(
                    500,
                    Json.write(ApiError.of(500, "InternalError", e.toString()).toStatus()));
        }
    }

    private MockResponse answer(ApiRequest request) {
        Optional<Target> target = Target.of(request.segments(), types);
        if (target.isPresent()) {
            return resource(request, target.get());
        }
        return request.method().equals("POST") && request.segments().equals(AccessReview.PATH)
                ? json(201, Json.write(AccessReview.everything()))
                : discovery(request);
    }

    private MockResponse discovery(ApiRequest request) {
        List<String> path = request.segments();
        Optional<Map<String, Object>> found = switch (String.join("/", path.subList(0, Math.min(1, path.size())))) {
            case "version" ->
                Optional.of(Map.of("major", "1", "minor", "34", "gitVersion", "v1.34.0", "platform", "jvm/sandbox"));
            case "api" ->
                path.size() == 1
                        ? Optional.of(Map.of("kind", "APIVersions", "versions", List.of("v1")))
                        : types.resources("", path.get(1));
            case "apis" ->
                switch (path.size()) {
                    case 1 -> Optional.of(types.groups());
                    case 2 -> types.group(path.get(1));
                    case 3 -> types.resources(path.get(1), path.get(2));
                    default -> Optional.empty();
                };
            case "" -> Optional.of(Map.of("paths", List.of("/api", "/api/v1", "/apis", "/version")));
            default -> Optional.empty();
        };
        return json(
                200,
                Json.write(found.orElseThrow(
                        () -> ApiError.of(404, "NotFound", "the server could not find the requested resource"))));
    }

    private MockResponse resource(ApiRequest request, Target target) {
        String verb = verb(request, target);
        counters.request(verb, target.what());
        Fate fate = interference.of(ClientRequest.of(request, verb, target));
        MockResponse answer = fate.isDone() ? done(verb, request, target) : null;
        if (answer == null || fate.error() != 0) {
            throw fate.toError();
        }
        return answer;
    }

    private MockResponse done(String verb, ApiRequest request, Target target) {
        synchronized (shelf.lock()) {
            long before = shelf.writes();
            try {
                return switch (verb) {
                    case "get" -> get(target);
                    case "list" -> list(request, target);
                    case "watch" ->
                        watches.open(target, selector(request, target), request.parameter("resourceVersion"));
                    case "create" -> create(request, target);
                    case "update" -> update(request, target);
                    case "apply" -> apply(request, target);
                    case "patch" -> patch(request, target);
                    case "delete" -> delete(request, target);
                    default ->
                        throw ApiError.of(
                                405,
                                "MethodNotAllowed",
                                "the server does not allow this method on the requested resource");
                };
            } finally {
                counters.write(verb, target.what(), shelf.writes() - before);
            }
        }
    }

    private static String verb(ApiRequest request, Target target) {
        return switch (request.method()) {
            case "GET" -> request.flag("watch") ? "watch" : target.name().isEmpty() ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> request.contentType().equals(APPLY) ? "apply" : "patch";
            case "DELETE" -> "delete";
            default -> "unknown";
        };
    }

    private MockResponse get(Target target) {
        Stored found = verbs.get(target.type(), target.key());
        return json(200, target.subresource().equals("scale") ? Json.write(Scale.of(found)) : found.json());
    }

    private static Predicate<Map<String, Object>> selector(ApiRequest request, Target target) {
        Predicate<Map<String, Object>> selected = Selector.labels(request.parameter("labelSelector"))
                .and(Selector.fields(request.parameter("fieldSelector")));
        return target.name().isEmpty()
                ? selected
                : selected.and(o -> target.name().equals(Json.text(o, "metadata", "name")));
    }

    private MockResponse list(ApiRequest request, Target target) {
        Shelf.Listing listing = shelf.list(target.type(), target.namespace());
        Predicate<Map<String, Object>> selector = selector(request, target);
        StringBuilder out = new StringBuilder("{\"kind\":\"")
                .append(target.type().kind())
                .append("List\",\"apiVersion\":\"")
                .append(target.type().apiVersion())
                .append("\",\"metadata\":{\"resourceVersion\":\"")
                .append(listing.version())
                .append("\"},\"items\":[");
        String comma = "";
        for (Stored item : listing.items()) {
            if (selector.test(item.tree())) {
                out.append(comma).append(item.json());
                comma = ",";
            }
        }
        return json(200, out.append("]}").toString());
    }

    private MockResponse create(ApiRequest request, Target target) {
        checkNamespace(target);
        if (target.type().namespaced() && target.namespace().isEmpty()) {
            throw ApiError.badRequest("namespace is required");
        }
        return json(
                201,
                verbs.create(target.type(), target.namespace(), body(request), options(request, target))
                        .json());
    }

    private void checkNamespace(Target target) {
        ResourceType namespaces = types.byKind("v1", "Namespace").orElseThrow();
        if (!target.namespace().isEmpty()) {
            verbs.get(namespaces, new ObjectKey("", target.namespace()));
        }
    }

    private MockResponse update(ApiRequest request, Target target) {
        Map<String, Object> body = body(request);
        if (target.subresource().equals("scale")) {
            return scaled(target, body, options(request, target));
        }
        return json(
                200,
                verbs.update(target.type(), target.key(), body, options(request, target))
                        .json());
    }

    private MockResponse scaled(Target target, Map<String, Object> scale, WriteOptions options) {
        Stored stored =
                verbs.modify(target.type(), target.key(), o -> Scale.into(o.tree(), target.type(), scale), options);
        return json(200, Json.write(Scale.of(stored)));
    }

    private MockResponse apply(ApiRequest request, Target target) {
        if (request.parameter("fieldManager").isEmpty()) {
            throw ApiError.badRequest("fieldManager: Required value: is required for apply patch");
        }
        boolean existed = shelf.get(target.type(), target.key()) != null;
        if (!existed) {
            checkNamespace(target);
        }
        Stored stored = verbs.apply(target.type(), target.key(), body(request), options(request, target));
        return json(existed ? 200 : 201, stored.json());
    }

    private MockResponse patch(ApiRequest request, Target target) {
        WriteOptions options = options(request, target);
        var edit = Patches.edit(request.contentType(), request.body(), target.type());
        if (target.subresource().equals("scale")) {
            return scaled(target, edit.apply(Scale.of(verbs.get(target.type(), target.key()))), options);
        }
        return json(
                200,
                verbs.modify(target.type(), target.key(), before -> edit.apply(Json.copy(before.full())), options)
                        .json());
    }

    private MockResponse delete(ApiRequest request, Target target) {
        Map<String, Object> options = request.body().isBlank() ? new LinkedHashMap<>() : body(request);
        boolean dryRun = request.parameter("dryRun").equals("All")
                || Json.list(options.get("dryRun")).contains("All");
        Long grace = grace(request, options);
        if (target.name().isEmpty()) {
            Predicate<Map<String, Object>> selector = selector(request, target);
            for (Stored s : shelf.list(target.type(), target.namespace()).items()) {
                if (selector.test(s.tree())) {
                    verbs.delete(target.type(), s.key(), grace, Map.of(), dryRun);
                }
            }
            return json(200, Json.write(success(target)));
        }
        Map<String, Object> preconditions = Json.map(options.get("preconditions"));
        Stored left = verbs.delete(target.type(), target.key(), grace, preconditions, dryRun);
        return json(200, left == null ? Json.write(success(target)) : left.json());
    }

    private static @Nullable Long grace(ApiRequest request, Map<String, Object> options) {
        if (options.get("gracePeriodSeconds") instanceof Long seconds) {
            return seconds;
        }
        String asked = request.parameter("gracePeriodSeconds");
        return asked.isEmpty() ? null : Long.valueOf(asked);
    }

    private static Map<String, Object> success(Target target) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kind", "Status");
        out.put("apiVersion", "v1");
        out.put("metadata", Map.of());
        out.put("status", "Success");
        out.put(
                "details",
                Map.of(
                        "name",
                        target.name(),
                        "group",
                        target.type().group(),
                        "kind",
                        target.type().plural()));
        return out;
    }

    private static Map<String, Object> body(ApiRequest request) {
        try {
            return Json.parse(request.body());
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static WriteOptions options(ApiRequest request, Target target) {
        return new WriteOptions(
                request.manager(),
                target.subresource(),
                request.parameter("dryRun").equals("All"),
                request.parameter("fieldValidation").equals("Strict"),
                request.flag("force"),
                false);
    }

    private static MockResponse json(int code, String body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }
}
