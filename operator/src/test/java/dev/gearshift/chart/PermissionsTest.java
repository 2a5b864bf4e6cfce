package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the roles the chart makes to the table in {@code docs/security.md}, in both scopes. */
class PermissionsTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "security.md");
    private static final Pattern ROW = Pattern.compile(
            "\\| (namespace|cluster|all namespaces|own namespace) \\| (?:`([^`]*)`|core) \\| `([^`]+)` \\| ([a-z, ]+) \\| \\S.* \\|");
    private static final Pattern COMMA = Pattern.compile(", ");
    private static final String SCOPED = Chart.IMAGE + "watchNamespaces: [team-a, team-b]\n";

    private record Permission(String group, String resource, String verb) {}

    @Test
    void anInstallationForAllNamespacesMayDoWhatTheTableSays() throws IOException {
        assertThat(permissions(own(Chart.GEARSHIFT.objects("ClusterRole", Chart.IMAGE))))
                .isNotEmpty()
                .isEqualTo(documented("namespace", "cluster", "all namespaces"));
        assertThat(permissions(Chart.GEARSHIFT.objects("Role", Chart.IMAGE))).isEqualTo(documented("own namespace"));
    }

    @Test
    void anInstallationForSomeNamespacesMayDoWhatTheTableSays() throws IOException {
        assertThat(permissions(own(Chart.GEARSHIFT.objects("ClusterRole", SCOPED))))
                .isEqualTo(documented("cluster"));
        List<JsonNode> roles = Chart.GEARSHIFT.objects("Role", SCOPED);
        for (String namespace : List.of("team-a", "team-b")) {
            assertThat(permissions(in(namespace, roles))).isNotEmpty().isEqualTo(documented("namespace"));
        }
        assertThat(permissions(in(Chart.NAMESPACE, roles))).isEqualTo(documented("own namespace"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Chart.IMAGE, SCOPED})
    void nothingIsAllowedWholesaleAndNoSecretIsRead(String values) {
        Set<Permission> all = permissions(Stream.of("ClusterRole", "Role")
                .flatMap(kind -> Chart.GEARSHIFT.objects(kind, values).stream())
                .toList());
        assertThat(all)
                .isNotEmpty()
                .noneMatch(permission -> permission.group().contains("*")
                        || permission.resource().contains("*")
                        || permission.verb().contains("*"))
                .noneMatch(permission -> permission.resource().equals("secrets"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Chart.IMAGE, SCOPED})
    void everyRoleOfTheOperatorIsBoundToItsAccountAlone(String values) {
        List<JsonNode> bindings = Stream.of("ClusterRoleBinding", "RoleBinding")
                .flatMap(kind -> Chart.GEARSHIFT.objects(kind, values).stream())
                .toList();
        List<JsonNode> roles = new ArrayList<>(own(Chart.GEARSHIFT.objects("ClusterRole", values)));
        roles.addAll(Chart.GEARSHIFT.objects("Role", values));
        assertThat(bindings).hasSameSizeAs(roles).allSatisfy(binding -> {
            assertThat(binding.path("subjects")).hasSize(1);
            assertThat(binding.at("/subjects/0/name").asText()).isEqualTo("gearshift");
            assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo(Chart.NAMESPACE);
            assertThat(roles)
                    .anyMatch(role -> role.path("kind").equals(binding.at("/roleRef/kind"))
                            && role.at("/metadata/name").equals(binding.at("/roleRef/name"))
                            && role.at("/metadata/namespace").equals(binding.at("/metadata/namespace")));
        });
    }

    @Test
    void usersRolesAddThemselvesToTheClustersOwn() {
        List<JsonNode> roles = Chart.GEARSHIFT.objects("ClusterRole", Chart.IMAGE);
        Set<Permission> view = permissions(aggregated("view", roles));
        assertThat(view)
                .isNotEmpty()
                .allMatch(permission -> Set.of("get", "list", "watch").contains(permission.verb()));
        assertThat(permissions(aggregated("edit", roles)))
                .containsAll(view)
                .contains(
                        new Permission("gearshift.dev", "modeldeployments", "create"),
                        new Permission("gearshift.dev", "modeldeployments/scale", "patch"))
                .doesNotContain(new Permission("gearshift.dev", "hardwaretiers", "create"));
    }

    private static List<JsonNode> aggregated(String to, List<JsonNode> roles) {
        return roles.stream()
                .filter(role -> role.at("/metadata/labels/rbac.authorization.k8s.io~1aggregate-to-" + to)
                        .asText()
                        .equals("true"))
                .toList();
    }

    private static List<JsonNode> own(List<JsonNode> clusterRoles) {
        return clusterRoles.stream()
                .filter(role -> role.at("/metadata/name").asText().equals(Chart.NAMESPACE + "-gearshift"))
                .toList();
    }

    private static List<JsonNode> in(String namespace, List<JsonNode> roles) {
        return roles.stream()
                .filter(role -> role.at("/metadata/namespace").asText().equals(namespace))
                .toList();
    }

    private static Set<Permission> permissions(List<JsonNode> roles) {
        Set<Permission> all = new TreeSet<>(Comparator.comparing(Permission::toString));
        for (JsonNode role : roles) {
            for (JsonNode rule : role.path("rules")) {
                for (JsonNode group : rule.path("apiGroups")) {
                    for (JsonNode resource : rule.path("resources")) {
                        SortedSet<String> names = new TreeSet<>();
                        rule.path("resourceNames").forEach(name -> names.add(name.asText()));
                        String named = names.isEmpty() ? "" : " " + String.join(" ", names);
                        rule.path("verbs")
                                .forEach(verb -> all.add(
                                        new Permission(group.asText(), resource.asText() + named, verb.asText())));
                    }
                }
            }
        }
        return all;
    }

    private static Set<Permission> documented(String... scopes) throws IOException {
        Set<Permission> all = new TreeSet<>(Comparator.comparing(Permission::toString));
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && List.of(scopes).contains(row.group(1))) {
                String group = row.group(2) == null ? "" : row.group(2);
                COMMA.splitAsStream(row.group(4)).forEach(verb -> all.add(new Permission(group, row.group(3), verb)));
            }
        }
        return all;
    }
}
