// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import tools.jackson.databind.JsonNode;

/**
 * What one run of the load tester gave.
 *
 * @param contestant the name of the server
 * @param calibration what {@link Calibration} said right before
 * @param result as the load tester wrote it
 */
record Measurement(String contestant, int round, double calibration, JsonNode result) {}
