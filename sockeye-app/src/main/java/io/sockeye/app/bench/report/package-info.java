// SPDX-License-Identifier: Apache-2.0
/** The result of a load test, as JSON, as a table and as a page. */
@NullMarked
package io.sockeye.app.bench.report;

import org.jspecify.annotations.NullMarked;
