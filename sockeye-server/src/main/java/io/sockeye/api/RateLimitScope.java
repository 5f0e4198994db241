// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** What a {@link RateLimit} counts together. */
public enum RateLimitScope {
    /** Each connection by itself; for an event of a namespace, each socket. */
    CONNECTION,
    /** All connections of one user, which {@link RateLimits.Builder#user} tells. Clients without a user are not limited by it. */
    USER,
    /** All connections from one address; of IPv6, from one network of 64 bits. */
    ADDRESS
}
