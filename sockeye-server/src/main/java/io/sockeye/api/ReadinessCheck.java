// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import org.jspecify.annotations.Nullable;

/** Says whether something that a server depends on is there. Called on handler threads, one call at a time: it may block. */
@FunctionalInterface
public interface ReadinessCheck {
    /**
     * Looks.
     *
     * @return null if all is well, else the reason in a few words, which everybody who can reach {@code /health/ready} reads
     * @throws Exception if it is not known; the page then says that the check failed, and the log has the exception
     */
    @Nullable
    String whyNotReady() throws Exception;
}
