// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A server program.
 *
 * @param name on the command line
 * @param title in tables
 * @param version what of it is measured
 * @param command starts it; the port is added
 * @param messagePackArguments what makes it speak MessagePack, if it does not by itself
 */
record Contestant(
        String name,
        String title,
        String version,
        Set<Trait> traits,
        List<String> command,
        List<String> messagePackArguments,
        Map<String, String> environment) {}
