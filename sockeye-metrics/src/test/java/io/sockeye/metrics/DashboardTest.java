// SPDX-License-Identifier: Apache-2.0
package io.sockeye.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sockeye.Sockeye;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the dashboard and the page against the meters that there are. */
class DashboardTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern SERIES = Pattern.compile("\\bsockeye_\\w+");
    private static final Pattern METER = Pattern.compile("`(sockeye(?:\\.\\w+)+)`");

    @Test
    void everyQueryNamesSeriesThatExist() throws Exception {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DOCS.resolve("grafana/sockeye.json")));
        List<String> queries = dashboard.findValuesAsString("expr");
        assertThat(queries).hasSizeGreaterThan(15);
        Set<String> named = new TreeSet<>();
        for (String query : queries) {
            Matcher series = SERIES.matcher(query);
            assertThat(series.find()).as(query).isTrue();
            named.add(series.group());
            while (series.find()) {
                named.add(series.group());
            }
        }
        assertThat(exposed()).containsAll(named);
    }

    /** The names of all series that a scrape has. */
    private static Set<String> exposed() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Sockeye server = Sockeye.builder().host("127.0.0.1").port(0).build()) {
            new SockeyeMetrics(server).bindTo(registry);
            server.start();
            return registry.scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void thePageNamesEveryMeterAndNoOther() throws Exception {
        Set<String> named = METER.matcher(Files.readString(DOCS.resolve("guide/metrics.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Sockeye server = Sockeye.builder().build()) {
            Set<String> meters = server.metrics().all().stream()
                    .map(metric -> metric.name())
                    .collect(Collectors.toCollection(TreeSet::new));
            meters.add("sockeye.events");
            assertThat(named).isEqualTo(meters);
        }
    }
}
